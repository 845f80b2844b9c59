#include "providers/shell/session/expand.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "providers/shell/session/file_names.h"

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

/// Cuts at blanks that came out of variables.
std::vector<Built> split(const Built& word) {
  std::vector<Built> out;
  Built current;
  bool begun = false;
  for (std::size_t i = 0; i < word.text.size(); ++i) {
    const char c = word.text[i];
    if (word.kinds[i] == Built::Kind::from_variable && (c == ' ' || c == '\t' || c == '\n')) {
      if (begun) out.push_back(std::exchange(current, {}));
      begun = false;
      continue;
    }
    begun = true;
    current.add(std::string_view(&c, 1), word.kinds[i]);
  }
  current.why = word.why;
  current.had_quotes = word.had_quotes;
  if (begun || word.had_quotes || !current.why.empty()) out.push_back(std::move(current));
  return out;
}

/// `a{b,c}d` as `abd` and `acd`; the word itself if it holds none.
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
      if (inside.find_first_of("{$`'\"\\") != std::string_view::npos ||
          inside.find(',') == std::string_view::npos)
        break;
      std::vector<std::string> out;
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

void add_fields(Session& session, std::string_view word, Fields& out) {
  if (session.shell == Shell::zsh && word.starts_with('=') && word.size() > 1)
    return void(out.why = untold);  // `=program`
  for (const Built& one : splits(session) ? split(built(session, word, Place::word))
                                          : std::vector{built(session, word, Place::word)}) {
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

Fields fields_of(Session& session, std::string_view word) {
  Fields out;
  bool quoted = false;
  std::string name;
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
    Fields one = fields_of(session, words[i]);
    for (Text& item : one.items) out.items.push_back(std::move(item));
    if (out.why.empty()) out.why = std::move(one.why);
  }
  return out;
}

}  // namespace gopol::providers::shell
