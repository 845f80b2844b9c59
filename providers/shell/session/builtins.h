#pragma once

#include <string_view>

namespace gopol::providers::shell {

/// Whether a shell runs a command of that name itself.
bool is_builtin(std::string_view name);

/// Builtins, and functions that zsh ships, that change neither variables nor how later lines are
/// read: `bindkey`, `compinit`. Source: zshbuiltins(1), zshcontrib(1), bash(1) SHELL BUILTIN
/// COMMANDS.
bool is_harmless(std::string_view name);

/// The variables that such code sets, blank-separated: `LESSOPEN LESSCLOSE`.
std::string_view set_by_printed_code(std::string_view program);

/// Whether what a program prints for `eval` or `source <(…)` is known to leave variables that
/// programs see alone: completions, prompts. `arguments`: behind its name.
bool prints_harmless_code(std::string_view program, std::string_view arguments);

}  // namespace gopol::providers::shell
