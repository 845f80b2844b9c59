#include "providers/shell/variable_line.h"

#include <algorithm>

namespace gopol::providers::shell {

std::string_view variable_set_by(Shell shell, std::string_view line) {
  const auto next_word = [&line] {
    line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
    const std::string_view word = line.substr(0, line.find_first_of(" \t;"));
    line.remove_prefix(word.size());
    return word;
  };
  std::string_view word = next_word();
  const bool sets = word == "export" || word == "typeset" || word == "declare" || word == "unset" ||
                    word == "set" || word == "setenv" || word == "readonly";
  const bool bare = word == "unset" || (shell == Shell::fish && word == "set");
  if (sets) word = next_word();
  while (sets && word.starts_with('-')) word = next_word();
  const std::size_t equals = word.find('=');
  if (equals == std::string_view::npos)
    return bare && is_variable_name(word) ? word : std::string_view{};
  word = word.substr(0, equals);
  if (word.ends_with('+')) word.remove_suffix(1);
  return is_variable_name(word) ? word : std::string_view{};
}

}  // namespace gopol::providers::shell
