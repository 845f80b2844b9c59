#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <utility>

#include "providers/shell/session/expand.h"
#include "providers/shell/session/lists.h"

namespace gopol::providers::shell {
namespace {

/// A parameter as it is written, taken apart.
struct Written {
  std::string name;       ///< empty: another expansion stands in its place
  std::string subscript;  ///< between the brackets
  bool has_subscript = false;
  std::string_view inner;  ///< that other expansion
  std::string_view rest;   ///< the operator and its word
};

Written take_apart(std::string_view inside) {
  Written out;
  std::size_t end = 0;
  if (inside.starts_with("$")) {  // zsh: `${${…}…}`
    int depth = 0;
    for (end = 1; end < inside.size(); ++end) {
      if (inside[end] == '{' || inside[end] == '(') ++depth;
      if ((inside[end] == '}' || inside[end] == ')') && --depth == 0) break;
    }
    end = std::min(end + 1, inside.size());
    out.inner = inside.substr(0, end);
  } else {
    while (end < inside.size() && is_name_byte(inside[end])) ++end;
    if (end == 0 && !inside.empty() && std::string_view("?#@*-!$").find(inside[0]) != inside.npos)
      end = 1;
    out.name = inside.substr(0, end);
  }
  if (end < inside.size() && inside[end] == '[') {
    const std::size_t shut = inside.find(']', end);
    if (shut != std::string_view::npos) {
      out.has_subscript = true;
      out.subscript = inside.substr(end + 1, shut - end - 1);
      end = shut + 1;
    }
  }
  out.rest = inside.substr(end);
  return out;
}

/// What a key of zsh's own tables has: `$commands[go]`.
Text of_table(Session& session, const Written& what, Truth& there) {
  const Text key = expanded(session, what.subscript, Place::word);
  there = Truth::maybe;
  if (!key.whole()) return {"", untold};
  if (what.name == "commands") {
    const Text found = program_called(session, key.text);
    if (!found.whole()) return found;
    there = !found.text.empty() ? Truth::yes : command_called(session, key.text);
    if (there == Truth::yes && found.text.empty()) there = Truth::no;  // a function, no program
    return there == Truth::maybe ? Text{"", untold} : found;
  }
  if (what.name == "functions") {
    there = session.state.functions.contains(key.text) ? Truth::yes
            : session.state.strange                    ? Truth::maybe
                                                       : Truth::no;
    return there == Truth::no ? Text{} : Text{"", untold};
  }
  if (what.name == "aliases") {
    const auto at = session.state.aliases.find(key.text);
    there = at != session.state.aliases.end() ? Truth::yes
            : session.state.strange           ? Truth::maybe
                                              : Truth::no;
    if (there == Truth::yes) return {at->second, {}};
    return there == Truth::no ? Text{} : Text{"", untold};
  }
  return {"", untold};
}

/// The value, and whether there is one.
Text value_in(Session& session, const Written& what, Place place, Truth& there) {
  if (!what.inner.empty()) {
    there = Truth::yes;
    return expanded(session, what.inner, place);
  }
  const std::string& key = what.subscript;
  if (what.name == "BASH_SOURCE" && (!what.has_subscript || key == "0")) {
    there = Truth::yes;
    return session.called.empty() ? Text{session.file, {}} : Text{"", untold};
  }
  const bool whole = !what.has_subscript || key == "@" || key == "*";
  if (whole) {
    there = is_set(session, what.name);
    return value_of(session, what.name);
  }
  const bool zsh = session.shell == Shell::zsh;
  const auto at = session.state.variables.find(what.name);
  if (zsh && what.name == "path") return item_of_path(session, key, there);
  if (at != session.state.variables.end() && at->second.list) {
    const auto number = index_of(session, key, at->second.items.size());
    const bool open = !at->second.items.empty() && !at->second.items.back().whole();
    if (number && *number < at->second.items.size()) {
      there = Truth::yes;
      return at->second.items[*number];
    }
    if (number && !open) there = Truth::no;
    return number && !open ? Text{} : Text{"", untold};
  }
  // An element of a table.
  const Text plain = expanded(session, key, Place::word);
  const std::string element = fmt::format("{}[{}]", what.name, plain.text);
  if (plain.whole() && session.state.variables.contains(element)) {
    there = is_set(session, element);
    return value_of(session, element);
  }
  if (plain.whole() && session.state.tables.contains(what.name) && !session.state.strange) {
    there = Truth::no;
    return {};
  }
  return zsh ? of_table(session, what, there) : Text{"", untold};
}

/// `:-`, `-`, `:=`, `=`, `:+`, `+`, `:?`, `?`.
Text with_default(Session& session, const Written& what, Text value, Truth there, Place place) {
  std::string_view rest = what.rest;
  const bool colon = rest.starts_with(':');
  if (colon) rest.remove_prefix(1);
  const char how = rest.front();
  const std::string_view word = rest.substr(1);
  Truth given = there;
  if (colon) {
    const bool some = !without_marks(value.text).empty();
    given = some ? Truth::yes : value.whole() ? Truth::no : Truth::maybe;
  }
  if (given == Truth::maybe) return {"", value.whole() ? untold : value.why};
  if (how == '+') return given == Truth::yes ? expanded(session, word, place) : Text{};
  if (given == Truth::yes) return value;
  if (how == '?') {
    session.stopped = true;
    return {"", "the shell stops at the line"};
  }
  Text out = expanded(session, word, place);
  if (how == '=' && is_variable_name(what.name)) set(session, what.name, out);
  return out;
}

/// zsh's `:h`, `:t`, `:a`, `:A`, `:l`, `:u`, one behind the other.
Text modified(const Session& session, Text value, std::string_view rest) {
  while (rest.size() >= 2 && rest[0] == ':' && value.whole()) {
    const char how = rest[1];
    rest.remove_prefix(2);
    const std::size_t slash = value.text.rfind('/');
    if (how == 'h') {
      if (slash == std::string::npos) return {"", untold};
      value.text.resize(slash == 0 ? 1 : slash);
    } else if (how == 't') {
      if (slash != std::string::npos) value.text.erase(0, slash + 1);
    } else if (how == 'A' && value.text.starts_with('/')) {
      const auto real = session.host.disk().resolve(dsl::Path(value.text));
      if (!real) return {"", real.error().front().message.text()};
      if (*real) value.text = (*real)->text;
    } else if (how != 'a' || !value.text.starts_with('/')) {
      return {"", untold};
    }
  }
  return rest.empty() ? value : Text{"", untold};
}

Text sliced(Session& session, const Text& value, std::string_view rest) {
  const std::size_t colon = rest.find(':', 1);
  const auto number = [&](std::string_view text) -> std::optional<long> {
    const Text found = arithmetic(session, text);
    long out = 0;
    const char* end = found.text.data() + found.text.size();
    if (!found.whole() || std::from_chars(found.text.data(), end, out).ptr != end) return {};
    return out;
  };
  const auto from = number(rest.substr(1, colon == rest.npos ? rest.npos : colon - 1));
  const long size = static_cast<long>(value.text.size());
  const auto count = colon == rest.npos ? std::optional(size) : number(rest.substr(colon + 1));
  if (!value.whole() || !from || !count || *from < 0 || *count < 0) return {"", untold};
  if (*from >= size) return {};
  return {value.text.substr(static_cast<std::size_t>(*from), static_cast<std::size_t>(*count)), {}};
}

/// `/pattern/text`, `//pattern/text` where the pattern is plain.
Text replaced(Session& session, Text value, std::string_view rest, Place place) {
  const bool all = rest.starts_with("//");
  rest.remove_prefix(all ? 2 : 1);
  std::size_t slash = 0;
  while (slash < rest.size() && rest[slash] != '/') slash += rest[slash] == '\\' ? 2 : 1;
  if (slash >= rest.size()) slash = rest.npos;
  const Built pattern = built(session, rest.substr(0, slash), Place::word);
  const Text by = slash == rest.npos ? Text{} : expanded(session, rest.substr(slash + 1), place);
  bool plain = pattern.why.empty() && !pattern.text.empty() && by.whole() && value.whole();
  for (std::size_t i = 0; plain && i < pattern.text.size(); ++i)
    plain = !pattern.is_active(i, "*?[(#%^");
  if (!plain) return {"", untold};
  for (std::size_t at = value.text.find(pattern.text); at != std::string::npos;
       at = value.text.find(pattern.text, at + by.text.size())) {
    value.text.replace(at, pattern.text.size(), by.text);
    if (!all) break;
  }
  return value;
}

Text without_part(Session& session, const Text& value, std::string_view rest) {
  const char how = rest.front();
  const bool twice = rest.size() > 1 && rest[1] == how;
  const Built pattern = built(session, rest.substr(twice ? 2 : 1), Place::word);
  if (how == '#') return cut(value, pattern, twice ? Cut::longest_front : Cut::shortest_front);
  return cut(value, pattern, twice ? Cut::longest_back : Cut::shortest_back);
}

/// How many items a list has; in zsh `$name`, too, is all of it.
std::optional<Text> size_of_list(const Session& session, const std::string& name, bool all) {
  if (session.shell != Shell::zsh && !all) return {};
  if (name == "path") {
    const auto& path = session.state.path;
    const bool known = path.empty() || !path.back().unknown;
    return known ? Text{fmt::format("{}", path.size()), {}} : Text{"", untold};
  }
  const auto at = session.state.variables.find(name);
  if (at == session.state.variables.end() || !at->second.list) return {};
  for (const Text& item : at->second.items) {
    if (!item.whole()) return Text{"", untold};
  }
  return Text{fmt::format("{}", at->second.items.size()), {}};
}

/// What stands before a name: `#` for a length, zsh's `+` and `(…)`; nothing else is understood.
Text with_prefix(Session& session, std::string_view inside, Place place) {
  const bool zsh = session.shell == Shell::zsh;
  if (inside.starts_with("(%):-%")) {
    const bool file = inside == "(%):-%x" || (inside == "(%):-%N" && session.called.empty());
    if (inside == "(%):-%n") return value_of(session, "USER");
    return file ? Text{session.file, {}} : Text{"", untold};
  }
  if (zsh && (inside.front() == '(' || inside.front() == '=')) {
    const auto fields = zsh_list(session, fmt::format("${{{}}}", inside));
    if (fields && fields->items.size() > 1) return {"", untold};  // still a list
    Text all{"", fields ? fields->why : untold};
    for (std::size_t i = 0; fields && i < fields->items.size(); ++i) {
      all.text += (i == 0 ? "" : " ") + fields->items[i].text;
      if (!fields->items[i].whole()) return fields->items[i];
    }
    return all;
  }
  const Written what = take_apart(inside.substr(1));
  Truth there = Truth::maybe;
  if (inside.front() == '+' && zsh && what.rest.empty()) {
    value_in(session, what, place, there);
    return there == Truth::maybe ? Text{"", untold} : Text{there == Truth::yes ? "1" : "0", {}};
  }
  if (inside.front() == '!' && what.rest.empty() && !what.has_subscript) {  // bash: by its name
    const Text name = value_of(session, what.name);
    const bool known = !zsh && name.whole() && is_variable_name(name.text);
    return known ? value_of(session, name.text) : Text{"", untold};
  }
  const bool all = what.subscript == "@" || what.subscript == "*";
  if (inside.front() != '#' || !what.rest.empty() || (what.has_subscript && !all))
    return {"", untold};
  if (const auto count = size_of_list(session, what.name, all)) return *count;
  if (all) return {"", untold};
  const Text value = value_in(session, what, place, there);
  if (!value.whole()) return value;
  return {fmt::format("{}", without_marks(value.text).size()), {}};
}

}  // namespace

Text parameter(Session& session, std::string_view inside, Place place) {
  if (inside.empty()) return {"", untold};
  const bool prefix = (inside.size() > 1 && inside[0] == '#') || inside[0] == '+' ||
                      inside[0] == '(' || inside[0] == '=' || inside[0] == '^' ||
                      inside[0] == '~' || (inside[0] == '!' && inside.size() > 1);
  if (prefix) return with_prefix(session, inside, place);
  const Written what = take_apart(inside);
  if (what.name.empty() && what.inner.empty()) return {"", untold};
  Truth there = Truth::maybe;
  Text value = value_in(session, what, place, there);
  if (what.rest.empty()) {
    if (there == Truth::no) note_unset(session);
    return value;
  }
  const std::string_view rest = what.rest;
  const std::string_view ops = rest.starts_with(':') ? rest.substr(1) : rest;
  if (!ops.empty() && std::string_view("-=+?").find(ops.front()) != ops.npos)
    return with_default(session, what, std::move(value), there, place);
  value.text = without_marks(std::move(value.text));
  if (rest[0] == '#' || rest[0] == '%') return without_part(session, value, rest);
  if (rest[0] == '/') return replaced(session, std::move(value), rest, place);
  if (rest[0] != ':' || rest.size() < 2) return {"", untold};
  const bool letter = rest[1] >= 'A' && rest[1] <= 'z';
  if (letter && session.shell == Shell::zsh) return modified(session, std::move(value), rest);
  return sliced(session, value, rest);
}

}  // namespace gopol::providers::shell
