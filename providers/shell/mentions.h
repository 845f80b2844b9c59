#pragma once

#include <string_view>

#include "providers/shell/script.h"
#include "providers/shell/shells.h"

namespace gopol::providers::shell {

/// Whether a text speaks of PATH (or of zsh's `path` in a way that can change it).
bool mentions_path(std::string_view text, Shell shell);

/// Whether a command could change PATH in a way that needs a shell to know.
bool may_change_path(const Command& command, Shell shell);

/// Whether what an `eval` runs is known to leave PATH alone: `dircolors -b`, `starship init zsh`.
bool is_harmless(std::string_view program);

/// NAME=… or NAME+=…: the length of NAME; 0 if it is no assignment.
std::size_t assigned_name(std::string_view word);

}  // namespace gopol::providers::shell
