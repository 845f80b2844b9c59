#include "providers/shell/path_case.h"

#include <algorithm>
#include <string_view>
#include <utility>

namespace gopol::providers::shell {
namespace {

std::string unquoted(std::string text) {
  std::erase_if(text, [](char c) { return c == '"' || c == '\''; });
  return text;
}

bool asks_for_path(const Command& head) {
  if (head.words.size() < 3 || head.words.size() > 4 || head.words[2] != "in") return false;
  const std::string subject = unquoted(head.words[1]);
  return subject == ":$PATH:" || subject == ":${PATH}:";
}

/// `*:FOLDER:*` gives FOLDER, `*` gives nothing; false: it is another pattern.
bool read_pattern(const std::string& word, PathArm& into) {
  const std::string text = unquoted(word);
  if (text == "*") return true;
  if (text.size() < 5 || !text.starts_with("*:") || !text.ends_with(":*")) return false;
  const std::string folder = text.substr(2, text.size() - 4);
  if (folder.find_first_of("*?[]:`") != std::string::npos) return false;
  into.folder = "\"" + folder + "\"";
  return true;
}

bool is_simple(const Command& command) {
  return !command.reserved && !command.apart && (command.before == ";" || command.before == ")");
}

}  // namespace

std::optional<std::vector<PathArm>> path_case(std::span<const Command> statement) {
  if (statement.size() < 3 || !asks_for_path(statement.front())) return {};
  statement = statement.first(statement.size() - 1);  // without `esac`
  std::vector<PathArm> out;
  std::optional<std::string> pattern;
  if (statement.front().words.size() == 4) pattern = statement.front().words[3];
  for (std::size_t i = 1; i < statement.size(); ++i) {
    const Command& command = statement[i];
    if (!is_simple(command)) return {};
    const bool is_pattern = i + 1 < statement.size() && statement[i + 1].before == ")";
    if (command.before == ")") {
      PathArm arm;
      if (!pattern || !read_pattern(*std::exchange(pattern, {}), arm)) return {};
      out.push_back(std::move(arm));
      if (!command.words.empty()) out.back().body.push_back(command);
    } else if (is_pattern) {
      if (command.words.size() != 1 || pattern) return {};
      pattern = command.words.front();
    } else {
      if (out.empty()) return {};
      out.back().body.push_back(command);
    }
  }
  return out;
}

}  // namespace gopol::providers::shell
