#pragma once

#include <string_view>

#include "providers/shell/syntax/tree.h"

namespace gopol::providers::shell {

/// Whose rules: those of zsh differ in where a brace may stand, in short loops, in brackets in
/// words; fish has a grammar of its own.
enum class Dialect { posix, bash, zsh, fish };

/// Any text gives a script; what is not of that language is `broken_at`, never dropped.
/// Source: POSIX.1-2017 XCU 2, bash(1) SHELL GRAMMAR, zshmisc(1) and zshexpn(1).
Script parse_script(std::string_view text, Dialect dialect);

}  // namespace gopol::providers::shell
