#include "providers/shell/session/lists.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <set>
#include <string>
#include <utility>

#include "providers/shell/pattern/built.h"

namespace gopol::providers::shell {
namespace {

/// What stands in `(…)` behind `${`. Source: zshexpn(1) "Parameter Expansion Flags".
struct Flags {
  bool quoted_list = false, unique = false, upper = false, lower = false, indirect = false;
  bool joins = false, splits = false, blanks = false;
  std::string joint = {}, separator = {};
};

/// Takes them off the front; false: some are not understood.
bool take_flags(std::string_view& inside, Flags& out) {
  if (!inside.starts_with('(')) return true;
  std::size_t at = 1;
  for (; at < inside.size() && inside[at] != ')'; ++at) {
    const char c = inside[at];
    if (c == '@')
      out.quoted_list = true;
    else if (c == 'u')
      out.unique = true;
    else if (c == 'U')
      out.upper = true;
    else if (c == 'L')
      out.lower = true;
    else if (c == 'P')
      out.indirect = true;
    else if (c == 'z')
      out.blanks = true;
    else if (c == 'f' || c == 'F') {
      (c == 'f' ? out.splits : out.joins) = true;
      (c == 'f' ? out.separator : out.joint) = "\n";
    } else if (c == 'j' || c == 's') {
      if (at + 2 >= inside.size()) return false;
      const std::size_t end = inside.find(inside[at + 1], at + 2);
      if (end == std::string_view::npos) return false;
      (c == 'j' ? out.joins : out.splits) = true;
      (c == 'j' ? out.joint : out.separator) = std::string(inside.substr(at + 2, end - at - 2));
      at = end;
    } else {
      return false;
    }
  }
  if (at >= inside.size()) return false;
  inside.remove_prefix(at + 1);
  return !out.splits || !out.separator.empty();
}

/// The items of a list, of PATH, or the one text that a variable is.
Fields items_in(Session& session, const std::string& name, bool& list) {
  Fields out;
  if (name == "path") {
    list = true;
    for (const PathEntry& entry : session.state.path) {
      if (entry.unknown) {
        out.why = entry.unknown->reason.text();
        break;
      }
      out.items.push_back({entry.folder, {}});
    }
    return out;
  }
  const auto at = session.state.variables.find(name);
  list = at != session.state.variables.end() && at->second.list && at->second.set;
  if (!list) {
    const Text value = value_of(session, name);
    if (!value.whole() || !value.text.empty()) out.items = {value};
    return out;
  }
  for (const Text& item : at->second.items) {
    out.why = item.why;
    if (!item.whole()) break;
    out.items.push_back(item);
  }
  return out;
}

void cut_at(Fields& fields, std::string_view separators, bool blanks) {
  std::vector<Text> out;
  for (const Text& item : fields.items) {
    if (!item.whole()) {
      fields.why = item.why;
      break;
    }
    const std::string text = without_marks(item.text);
    for (std::size_t from = 0; from <= text.size();) {
      const std::size_t end = std::min(
          blanks ? text.find_first_of(separators, from) : text.find(separators, from), text.size());
      if (end > from || !blanks) out.push_back({text.substr(from, end - from), {}});
      from = end + (blanks ? 1 : separators.size());
    }
  }
  std::erase_if(out, [](const Text& one) { return one.text.empty(); });
  fields.items = std::move(out);
}

/// `:#PATTERN` leaves out what fits, `:|LIST` what is in the list, `:t` and `:h` cut each.
bool take_rest(Session& session, std::string_view rest, Fields& fields) {
  if (rest.empty()) return true;
  if (rest == ":t" || rest == ":h") {
    for (Text& item : fields.items) {
      const std::size_t slash = item.text.rfind('/');
      if (!item.whole() || slash == std::string::npos || slash == 0) return false;
      item.text = rest == ":t" ? item.text.substr(slash + 1) : item.text.substr(0, slash);
    }
    return true;
  }
  if (rest.starts_with(":#")) {
    const Built pattern = built(session, rest.substr(2), Place::word);
    for (std::size_t i = fields.items.size(); i-- > 0;) {
      const Truth fits = matches(pattern, fields.items[i]);
      if (fits == Truth::maybe) return false;
      if (fits == Truth::yes)
        fields.items.erase(fields.items.begin() + static_cast<std::ptrdiff_t>(i));
    }
    return true;
  }
  if (!rest.starts_with(":|") || !is_variable_name(rest.substr(2))) return false;
  bool list = false;
  const Fields listed = items_in(session, std::string(rest.substr(2)), list);
  if (!listed.why.empty()) return false;
  std::erase_if(fields.items, [&](const Text& one) {
    return std::find(listed.items.begin(), listed.items.end(), one) != listed.items.end();
  });
  return true;
}

void change_case(Fields& fields, bool upper) {
  for (Text& item : fields.items) {
    for (char& c : item.text)
      c = static_cast<char>(upper ? std::toupper(static_cast<unsigned char>(c))
                                  : std::tolower(static_cast<unsigned char>(c)));
  }
}

void join(Fields& fields, const std::string& joint) {
  Text all{"", fields.why};
  for (std::size_t i = 0; i < fields.items.size(); ++i) {
    all.text += (i == 0 ? "" : joint) + fields.items[i].text;
    if (!fields.items[i].whole()) all.why = fields.items[i].why;
    if (!fields.items[i].whole()) break;
  }
  fields.items = {std::move(all)};
  fields.why.clear();
}

}  // namespace

std::optional<Fields> zsh_list(Session& session, std::string_view word) {
  const bool quoted = word.size() > 4 && word.starts_with("\"${") && word.ends_with("}\"");
  if (quoted) word = word.substr(1, word.size() - 2);
  if (!word.starts_with("${") || closing(word, 1) != word.size() - 1) return {};
  std::string_view inside = word.substr(2, word.size() - 3);
  Flags flags;
  const bool flagged = inside.starts_with('(');
  if (!take_flags(inside, flags)) return {};
  if (inside.starts_with('=')) {
    flags.blanks = true;
    inside.remove_prefix(1);
  }
  std::size_t end = 0;
  while (end < inside.size() && is_name_byte(inside[end])) ++end;
  std::string name(inside.substr(0, end));
  std::string_view rest = inside.substr(end);
  if (rest.starts_with("[@]") || rest.starts_with("[*]")) {
    flags.quoted_list = flags.quoted_list || rest[1] == '@';
    rest.remove_prefix(3);
  }
  const bool nothing_special =
      !flagged && !flags.blanks && !rest.starts_with(":#") && !rest.starts_with(":|");
  if (nothing_special || name.empty() || name.find_first_not_of("0123456789") == name.npos) {
    const bool argument = flags.blanks && rest.empty() && name.size() == 1;
    if (!argument) return {};
  }
  if (flags.indirect) {
    const Text other = value_of(session, name);
    if (!other.whole() || !is_variable_name(other.text)) return {};
    name = other.text;
  }
  if (flags.blanks && value_of(session, "IFS").text != " \t\n") return {};
  bool list = false;
  Fields out = items_in(session, name, list);
  if (!take_rest(session, rest, out)) return {};
  if (flags.joins) join(out, flags.joint);
  if (flags.blanks) cut_at(out, " \t\n", true);
  if (flags.splits) cut_at(out, flags.separator, false);
  if (flags.upper || flags.lower) change_case(out, flags.upper);
  if (flags.unique) {
    std::set<std::string> seen;
    std::erase_if(out.items, [&](const Text& one) { return !seen.insert(one.text).second; });
  }
  const bool several = flags.blanks || flags.splits;
  if (quoted && list && !flags.quoted_list && !several) join(out, " ");
  return out;
}

/// Which item a subscript means, from 0; nothing: it is not told, or outside.
std::optional<std::size_t> index_of(Session& session, std::string_view key, std::size_t size) {
  const Text value = arithmetic(session, key);
  long number = 0;
  const char* end = value.text.data() + value.text.size();
  if (!value.whole() || std::from_chars(value.text.data(), end, number).ptr != end) return {};
  const bool from_one = session.shell == Shell::zsh && option(session, "ksharrays") == Truth::no;
  if (from_one && number == 0) return {};
  if (number < 0) number += static_cast<long>(size) + (from_one ? 1 : 0);
  number -= from_one ? 1 : 0;
  if (number < 0) return {};
  return static_cast<std::size_t>(number);
}

/// `$path[1]`, `$path[-1]`.
Text item_of_path(Session& session, const std::string& key, Truth& there) {
  const auto& path = session.state.path;
  const bool open = !path.empty() && path.back().unknown;
  const auto number = index_of(session, key, path.size());
  there = Truth::maybe;
  if (!number || (open && (key.starts_with('-') || *number + 1 >= path.size())))
    return {"", untold};
  there = truth(*number < path.size());
  return there == Truth::yes ? Text{path[*number].folder, {}} : Text{};
}

}  // namespace gopol::providers::shell
