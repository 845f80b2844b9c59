#pragma once

#include <string>
#include <string_view>

#include "engine/host/host.h"

namespace gopol::providers::shell {

/// The shells gopol writes for.
enum class Shell { zsh, bash, sh, fish };

/// From a word or a program's path: `/bin/zsh`. What is none of the others is `sh`.
Shell shell_of(std::string_view name);

/// The user's login shell.
Shell login_shell(const engine::System& system);

/// The file of the user that a login shell reads and that gopol writes to. It need not exist.
dsl::Path profile_file(Shell shell, const engine::Host& host);

/// The folder of zsh's files: $ZDOTDIR of this process if it is absolute, else the home.
dsl::Path zsh_folder(const engine::System& system);

/// A line that sets a variable for the shell and its programs, with its end.
std::string export_line(Shell shell, std::string_view name, std::string_view value);

/// One word that means `text` to the shell, whatever is in it.
std::string quoted(Shell shell, std::string_view text);

/// What `quoted` was given; empty texts are `''`. Sets `ok` to false if it is no such word.
std::string unquoted(Shell shell, std::string_view word, bool& ok);

/// [A-Za-z_][A-Za-z0-9_]*
bool is_variable_name(std::string_view name);

}  // namespace gopol::providers::shell
