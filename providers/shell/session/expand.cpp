#include "providers/shell/session/expand.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include "providers/shell/session/file_names.h"
#include "providers/shell/session/fish.h"
#include "providers/shell/session/lists.h"

namespace gopol::providers::shell {
namespace {

/// `$name`, `"${name[@]}"` and their like: the list that the whole word is.
const Variable* whole_list(const Session& session, std::string_view word, bool& quoted,
                           std::string& name) {
  quoted = word.size() > 2 && word.front() == '"' && word.back() == '"';
  if (quoted) word = word.substr(1, word.size() - 2);
  if (!word.starts_with('$')) return nullptr;
  word.remove_prefix(1);
  if (word.starts_with('{') && word.ends_with('}')) word = word.substr(1, word.size() - 2);
  if (word.starts_with("(@)")) word.remove_prefix(3);
  const bool all = word.ends_with("[@]");
  if (all || word.ends_with("[*]")) word.remove_suffix(3);
  name = std::string(word);
  if (session.shell != Shell::zsh && !all) return nullptr;
  if (quoted && !all) return nullptr;
  const auto at = session.state.variables.find(word);
  return at == session.state.variables.end() || !at->second.list ? nullptr : &at->second;
}

bool splits(const Session& session) {
  return session.shell != Shell::zsh || option(session, "shwordsplit") != Truth::no;
}

/// Cuts what came out of commands, and if `all` of variables, at the letters of IFS; blanks among
/// them count as one.
std::vector<Built> split(const Built& word, const std::string& separators, bool all) {
  std::vector<Built> out;
  Built current;
  bool begun = false;
  for (std::size_t i = 0; i < word.text.size(); ++i) {
    const char c = word.text[i];
    const bool cuts = word.kinds[i] == Built::Kind::from_command ||
                      (all && word.kinds[i] == Built::Kind::from_variable);
    if (cuts && separators.find(c) != std::string::npos) {
      const bool blank = c == ' ' || c == '\t' || c == '\n';
      if (begun || !blank) out.push_back(std::exchange(current, {}));
      begun = false;
      continue;
    }
    begun = true;
    if (!all || (c != path_begin && c != path_end))
      current.add(std::string_view(&c, 1), word.kinds[i]);
  }
  current.why = word.why;
  current.had_quotes = word.had_quotes;
  if (begun || word.had_quotes || !current.why.empty()) out.push_back(std::move(current));
  for (Built& one : out) one.had_quotes = one.had_quotes || out.size() > 1;  // empty ones stay
  return out;
}

/// `1..3`, `a..c`: each of them; nothing if it is no range.
std::vector<std::string> range(std::string_view inside) {
  const std::size_t dots = inside.find("..");
  if (dots == std::string_view::npos) return {};
  const std::string_view first = inside.substr(0, dots), last = inside.substr(dots + 2);
  const auto is_letter = [](std::string_view text) {
    return text.size() == 1 &&
           ((text[0] >= 'a' && text[0] <= 'z') || (text[0] >= 'A' && text[0] <= 'Z'));
  };
  int from = 0, to = 0;
  const bool letters = is_letter(first) && is_letter(last);
  if (letters) {
    from = first[0];
    to = last[0];
  } else {
    const auto whole = [](std::string_view text, int& into) {
      const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), into);
      const bool padded = text.size() > 1 && text[0] == '0';
      return error == std::errc{} && end == text.data() + text.size() && !padded;
    };
    if (!whole(first, from) || !whole(last, to)) return {};
  }
  if (from - to > 200 || to - from > 200) return {};
  std::vector<std::string> out;
  for (int i = from;; i += from <= to ? 1 : -1) {
    out.push_back(letters ? std::string(1, static_cast<char>(i)) : fmt::format("{}", i));
    if (i == to) return out;
  }
}

void add_fields(Session& session, std::string_view word, Fields& out) {
  if (session.shell == Shell::zsh && word.starts_with('=') && word.size() > 1)
    return void(out.why = untold);  // `=program`
  const bool all = splits(session);
  const Text ifs = value_of(session, "IFS");
  const Built whole = built(session, word, Place::word);
  if (all && !word.starts_with('"') && (!whole.why.empty() || !ifs.whole())) {
    out.items.push_back(whole.plain());  // into how many it would be cut, nobody knows
    return void(out.why = whole.why.empty() ? ifs.why : whole.why);
  }
  for (const Built& one : split(whole, ifs.text, all)) {
    if (one.text.empty() && one.why.empty() && !one.had_quotes) continue;
    if (!has_pattern(session, one)) {
      out.items.push_back(one.plain());
    } else if (auto names = file_names(session, one)) {
      for (std::string& name : *names) out.items.push_back({std::move(name), {}});
    } else {
      out.why = untold;
    }
  }
}

}  // namespace

namespace {

/// `${^list}/bin(N)`: each item with what stands around it.
std::optional<Fields> zsh_each(Session& session, std::string_view word) {
  const std::size_t from = word.find("${^");
  if (from == std::string_view::npos || word.find('"') != std::string_view::npos) return {};
  const std::size_t end = closing(word, from + 1);
  if (end == std::string_view::npos) return {};
  const std::string name(word.substr(from + 3, end - from - 3));
  const auto at = session.state.variables.find(name);
  if (at == session.state.variables.end() || !at->second.list) return {};
  Fields out;
  for (const Text& item : at->second.items) {
    if (!item.whole() && out.why.empty()) out.why = item.why;
    if (!out.why.empty()) break;
    add_fields(session,
               fmt::format("{}{}{}", word.substr(0, from), quoted(Shell::zsh, item.text),
                           word.substr(end + 1)),
               out);
  }
  return out;
}

}  // namespace

std::vector<std::string> braces(std::string_view word) {
  for (std::size_t i = 0; i < word.size(); ++i) {
    const char c = word[i];
    if (c == '\\') ++i;
    if (c == '\'' || c == '"' || c == '`') i = std::min(word.find(c, i + 1), word.size());
    if (c == '$' && i + 1 < word.size() && (word[i + 1] == '{' || word[i + 1] == '(')) {
      i = std::min(closing(word, i + 1), word.size());
    } else if (c == '{') {
      const std::size_t end = closing(word, i);
      if (end == std::string_view::npos) break;
      const std::string_view inside = word.substr(i + 1, end - i - 1);
      std::vector<std::string> out;
      for (const std::string& one : range(inside)) {
        for (std::string& more :
             braces(fmt::format("{}{}{}", word.substr(0, i), one, word.substr(end + 1))))
          out.push_back(std::move(more));
      }
      if (!out.empty()) return out;
      if (inside.find_first_of("{$`'\"\\") != std::string_view::npos ||
          inside.find(',') == std::string_view::npos)
        break;
      for (std::size_t from = 0; from <= inside.size();) {
        const std::size_t stop = std::min(inside.find(',', from), inside.size());
        const std::string one = fmt::format("{}{}{}", word.substr(0, i),
                                            inside.substr(from, stop - from), word.substr(end + 1));
        for (std::string& more : braces(one)) out.push_back(std::move(more));
        from = stop + 1;
        if (out.size() > 200) break;
      }
      return out;
    }
  }
  return {std::string(word)};
}

Fields fields_of(Session& session, std::string_view word) {
  if (session.shell == Shell::fish) return fish_fields(session, word);
  Fields out;
  bool quoted = false;
  std::string name;
  if (session.shell == Shell::zsh) {
    if (auto list = zsh_list(session, word)) return std::move(*list);
    if (auto each = zsh_each(session, word)) return std::move(*each);
  }
  if (word.starts_with("${=")) {
    out.why = untold;
    return out;
  }
  if (word == "$@" || word == "\"$@\"" || word == "$*") {
    out.items = session.state.arguments;
    return out;
  }
  if (const Variable* list = whole_list(session, word, quoted, name)) {
    for (const Text& item : list->items) {
      if (quoted || !item.text.empty() || !item.whole()) out.items.push_back(item);
    }
    return out;
  }
  if (name == "path" && session.shell == Shell::zsh) {  // one piece: its folders keep their lines
    out.items.push_back(value_of(session, "path"));
    return out;
  }
  for (const std::string& one : braces(word)) {
    add_fields(session, one, out);
    if (!out.why.empty()) break;
  }
  return out;
}

Fields fields_of(Session& session, const std::vector<std::string>& words, std::size_t from) {
  Fields out;
  for (std::size_t i = from; i < words.size(); ++i) {
    if (session.shell == Shell::fish && !out.why.empty()) break;  // what stands behind is unknown
    Fields one = fields_of(session, words[i]);
    for (Text& item : one.items) out.items.push_back(std::move(item));
    if (out.why.empty()) out.why = std::move(one.why);
  }
  return out;
}

}  // namespace gopol::providers::shell
