#include <algorithm>
#include <charconv>
#include <utility>

#include "providers/shell/session.h"

namespace gopol::providers::shell {
namespace {

using dsl::Path;
using engine::FileStatus;
using Words = std::vector<std::string>;

Truth truth(bool value) { return value ? Truth::yes : Truth::no; }

std::optional<long> number(const std::string& text) {
  long out = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  if (error != std::errc{} || end != text.data() + text.size()) return {};
  return out;
}

/// `[[ $- == *i* ]]`: the shell that is read here is not interactive.
std::optional<Truth> about_interactive(const Words& words) {
  if (words.size() != 3 || words[0].find("$-") == std::string::npos || words[2] != "*i*") return {};
  return truth(words[1] == "!=");
}

}  // namespace

Truth Session::file_condition(char test, const std::string& word) const {
  const auto text = expand(word, false);
  if (!text || !text->starts_with('/')) return Truth::maybe;
  // It belongs to macOS; a recorded machine need not carry the program.
  if (*text == "/usr/libexec/path_helper" && host_.system().platform() == "macos")
    return Truth::yes;
  const bool itself = test == 'L' || test == 'h';
  const auto status =
      itself ? host_.disk().stat(Path(*text)) : host_.disk().stat_target(Path(*text));
  if (!status) return Truth::maybe;
  const auto type = status->type;
  switch (test) {
    case 'd': return truth(type == FileStatus::Type::folder);
    case 'f': return truth(type == FileStatus::Type::regular);
    case 'e':
    case 'r': return truth(type != FileStatus::Type::absent);
    case 's': return truth(type != FileStatus::Type::absent && status->size > 0);
    case 'x': return truth(type == FileStatus::Type::folder || (status->mode & 0111) != 0);
    case 'L':
    case 'h': return truth(type == FileStatus::Type::symlink);
    default: return Truth::maybe;
  }
}

Truth Session::primary(const Words& words) const {
  if (const auto known = about_interactive(words)) return *known;
  const auto text = [&](std::size_t i) {
    auto out = expand(words[i], false);
    if (out && out->find(path_mark) != std::string::npos)
      out = *out == std::string(1, path_mark) ? std::optional(path_text()) : std::nullopt;
    return out;
  };
  if (words.size() == 1) {
    const auto value = text(0);
    return value ? truth(!value->empty()) : Truth::maybe;
  }
  if (words.size() == 2 && words[0].size() == 2 && words[0][0] == '-') {
    const char test = words[0][1];
    if (test != 'n' && test != 'z') return file_condition(test, words[1]);
    const auto value = text(1);
    return value ? truth(value->empty() == (test == 'z')) : Truth::maybe;
  }
  if (words.size() != 3) return Truth::maybe;
  const auto left = text(0), right = text(2);
  if (!left || !right) return Truth::maybe;
  if (words[1] == "=" || words[1] == "==") return truth(*left == *right);
  if (words[1] == "!=") return truth(*left != *right);
  const auto a = number(*left), b = number(*right);
  if (!a || !b) return Truth::maybe;
  if (words[1] == "-eq") return truth(*a == *b);
  if (words[1] == "-ne") return truth(*a != *b);
  return Truth::maybe;
}

Truth Session::condition(Words words) const {
  if (words.empty()) return Truth::no;
  if (words.front() == "[" || words.front() == "[[") {
    if (words.back() != "]" && words.back() != "]]") return Truth::maybe;
    words.erase(words.begin());
    words.pop_back();
  } else if (words.front() == "test") {
    words.erase(words.begin());
  }
  for (const char* word : {"||", "&&"}) {
    const auto at = std::find(words.begin(), words.end(), word);
    if (at == words.end()) continue;
    const Truth left = condition({words.begin(), at}), right = condition({at + 1, words.end()});
    return words.empty() ? Truth::maybe : *word == '|' ? either(left, right) : both(left, right);
  }
  if (words.size() > 1 && words.front() == "!")
    return negation(condition({words.begin() + 1, words.end()}));
  return words.empty() ? Truth::no : primary(words);
}

}  // namespace gopol::providers::shell
