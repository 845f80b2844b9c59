#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace gopol::providers::shell {

/// A command of a script, and those inside it. Words are as written: quotes and `$` stay in them.
/// Of redirections only the file that is read is kept.
struct Command {
  enum class Kind {
    simple,      ///< `words`, assignments in front among them
    test,        ///< `[[ words ]]`
    arithmetic,  ///< `(( words[0] ))`
    sequence,    ///< `parts`, one after the other; also `{ … }`
    both,        ///< `parts[0] && parts[1]`
    either,      ///< `parts[0] || parts[1]`
    negated,     ///< `! parts[0]`
    pipe,        ///< `parts`, each in a process of its own (the last one of zsh's in the shell)
    apart,       ///< `parts[0] &`, `( parts[0] )`: in a process of its own
    condition,   ///< `if`: condition and body by turns, then perhaps the `else`
    loop,        ///< `while parts[0] do parts[1]`; `words[0]` is `while`, `until`,
                 ///< `for` with its three expressions behind it, `repeat` with a number
    each,      ///< `for words[0] in words[1]…; do parts[0]`; `words` ends before `in` if none is
    choice,    ///< `case words[0] in`; `parts` are arms
    arm,       ///< patterns in `words`, body in `parts[0]`
    function,  ///< names in `words`, body in `parts[0]`; without a name: called at once
               ///< with the words of `parts[1]`
  };
  Kind kind = Kind::simple;
  std::uint32_t line = 0;
  std::vector<std::string> words = {};
  std::vector<Command> parts = {};
  std::string input = {};  ///< FILE of `< FILE`, as written; other redirections are dropped
  bool goes_on = false;    ///< an arm that ends with `;&` or `;|`: more than it may run
};

/// A script. A shell runs one line after the other, so what stands before a place that cannot be
/// read has run.
struct Script {
  std::vector<Command> commands;  ///< in order
  std::uint32_t broken_at = 0;    ///< a line; 0: all of it was understood
  const char* why = "";           ///< given with `broken_at`
};

}  // namespace gopol::providers::shell
