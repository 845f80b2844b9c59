#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/plan/provider.h"
#include "providers/shell/shells.h"

namespace gopol::providers::shell {

/// One folder in PATH, as a shell has it: perhaps relative, perhaps twice.
struct PathEntry {
  std::string folder;
  std::string origin;  ///< FILE:LINE that put it there
  /// Given: from here on, no more can be known, and this is the line that prevents it.
  std::optional<dsl::Unknown> unknown = {};
};

/// A variable that a file of the shell sets for the programs it starts.
struct ShellVariable {
  std::string name;
  std::optional<std::string> value;  ///< nothing: files alone cannot tell it
  std::string origin;                ///< FILE:LINE
};

/// PATH of a shell, and the variables that its files set.
struct LoginPath {
  std::vector<PathEntry> entries;
  std::vector<ShellVariable> variables = {};  ///< PATH is none of them
  /// Lines that only a terminal's shell runs and that change PATH there.
  std::vector<std::string> notes = {};

  /// Given: code ran that nobody followed, so any variable that no later line names may be set.
  std::optional<ShellVariable> any_other = {};
  std::vector<ShellVariable> unset = {};  ///< those that are surely not set, and who says so

  const dsl::Unknown* unknown() const;  ///< nullptr: all of it is known
  /// nullptr: no file sets it.
  const ShellVariable* variable(std::string_view name) const;
};

/// Why the value of a variable without one is not known.
dsl::Unknown not_told(const ShellVariable& variable, std::string_view name);

/// PATH as the user's login shell has it before anybody types: from the files such a shell reads,
/// in its order, on macOS with the rules of path_helper.
/// Source: bash(1) INVOCATION, zsh(1) STARTUP/SHUTDOWN FILES, path_helper(8).
LoginPath login_path(const engine::Host& host);

/// What the files of a shell make, whichever is the login shell.
LoginPath session_of(const engine::Host& host, Shell shell, bool interactive);

/// The same in a terminal's window: a login shell that is interactive, with the files for it.
LoginPath terminal_path(const engine::Host& host);

/// PATH of what the Finder or the Dock starts, whatever the shell's files say.
inline constexpr std::string_view macos_gui_path = "/usr/bin:/bin:/usr/sbin:/sbin";
std::vector<PathEntry> gui_path();

}  // namespace gopol::providers::shell
