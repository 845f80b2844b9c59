#include "providers/shell/mentions.h"

#include <algorithm>
#include <array>

namespace gopol::providers::shell {
namespace {

bool is_name_byte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/// Where `word` begins in the text as a name of its own, from `from` on.
std::size_t find_name(std::string_view text, std::string_view word, std::size_t from) {
  for (std::size_t at = text.find(word, from); at != text.npos; at = text.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    if ((at == 0 || !is_name_byte(text[at - 1])) &&
        (end == text.size() || !is_name_byte(text[end])))
      return at;
  }
  return text.npos;
}

}  // namespace

bool mentions_path(std::string_view text, Shell shell) {
  if (find_name(text, "PATH", 0) != text.npos) return true;
  if (shell != Shell::zsh) return false;
  for (std::size_t at = find_name(text, "path", 0); at != text.npos;
       at = find_name(text, "path", at + 1)) {
    const std::string_view after = text.substr(at + 4);
    if (after.starts_with("=") || after.starts_with("+=") || after.starts_with("[")) return true;
  }
  return false;
}

bool may_change_path(const Command& command, Shell shell) {
  const auto& words = command.words;
  if (std::any_of(words.begin(), words.end(),
                  [&](const auto& word) { return mentions_path(word, shell); }))
    return true;
  if (words.empty()) return false;
  // A command that only running it tells.
  if ((words[0][0] == '$' || words[0][0] == '`') && words[0].find('/') == std::string::npos)
    return true;
  if (words[0] == "eval") return words.size() < 2 || !is_harmless(words[1]);
  if (words[0] != "." && words[0] != "source") return false;
  return words.size() < 2 || words[1].find("bash_completion") == std::string::npos;
}

bool is_harmless(std::string_view program) {
  constexpr std::array known = {"lesspipe",   "lesspipe.sh", "dircolors",
                                "gdircolors", "starship",    "zoxide",
                                "ssh-agent",  "thefuck",     "register-python-argcomplete"};
  while (!program.empty() &&
         std::string_view("\"$(`").find(program.front()) != std::string_view::npos) {
    program.remove_prefix(1);
  }
  // VAR=value before the program.
  while (true) {
    program.remove_prefix(std::min(program.find_first_not_of(' '), program.size()));
    std::string_view word = program.substr(0, program.find_first_of(" )`\""));
    if (assigned_name(word) == 0) {
      word.remove_prefix(word.rfind('/') + 1);
      return std::find(known.begin(), known.end(), word) != known.end();
    }
    program.remove_prefix(word.size());
  }
}

std::size_t assigned_name(std::string_view word) {
  std::size_t end = 0;
  while (end < word.size() && is_name_byte(word[end])) ++end;
  if (end == 0 || (word[0] >= '0' && word[0] <= '9')) return 0;
  return word.substr(end).starts_with("=") || word.substr(end).starts_with("+=") ? end : 0;
}

}  // namespace gopol::providers::shell
