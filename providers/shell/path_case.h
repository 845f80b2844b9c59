#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "providers/shell/script.h"

namespace gopol::providers::shell {

/// One arm of a `case`: a folder that PATH is asked for, or any PATH.
struct PathArm {
  std::string folder;  ///< as written, in double quotes; empty: any
  std::vector<Command> body;
};

/// The arms of `case ":$PATH:" in *:FOLDER:*) … ;; *) … ;; esac`, as rustup and many others write
/// it into profiles: simple commands, one after the other. Nothing: it is another kind of `case`.
std::optional<std::vector<PathArm>> path_case(std::span<const Command> statement);

}  // namespace gopol::providers::shell
