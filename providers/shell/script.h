#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace gopol::providers::shell {

/// One command of a script, as written: quotes and `$` stay in its words. Redirections are dropped.
struct Command {
  std::vector<std::string> words;  ///< a reserved word stands alone, but `for`, `case`, `function`
  std::string before;  ///< the operator before it: `;` (also a new line), `&&`, `||`, `|`, `(`, `)`
  std::uint32_t line = 0;
  bool reserved = false;
  bool apart = false;  ///< a part of a pipe, or before `&`: in a process of its own
};

/// A script cut into commands. `broken_at`: the line of a quote or bracket that is never closed.
struct Script {
  std::vector<Command> commands;
  std::uint32_t broken_at = 0;
};

Script parse_script(std::string_view text);

}  // namespace gopol::providers::shell
