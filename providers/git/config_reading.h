#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/host/host.h"
#include "providers/git/config_text.h"

namespace gopol::providers::git {

/// The user's configuration of git: two files, of which the second has the last word.
struct GlobalFiles {
  dsl::Path xdg;   ///< $XDG_CONFIG_HOME/git/config
  dsl::Path home;  ///< ~/.gitconfig
};
GlobalFiles global_files(const engine::System& system);

/// The one that `git config --global` writes to: ~/.gitconfig, unless only the other is there.
dsl::Path written_file(const engine::Host& host);

/// One line that sets a key.
struct SetLine {
  dsl::Path file;
  std::size_t line = 0;
  std::optional<std::string> value;  ///< nothing: there is no `=`, which means true
};

/// What the files say of a key, in git's order.
struct KeyState {
  std::vector<SetLine> lines;
  /// Given: which value is the last cannot be told (a file cannot be read, or one that is included
  /// later may set the key).
  std::optional<dsl::Unknown> unknown_last;
  std::optional<dsl::Unknown> unknown_all;  ///< the same for the list of all values
};

/// Included files are not followed: what they may change is unknown.
/// Source: git-config(1), FILES and "Includes".
KeyState read_key(const ConfigKey& key, const engine::Host& host);

}  // namespace gopol::providers::git
