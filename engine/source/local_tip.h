#pragma once

#include <optional>
#include <string>

#include "engine/host/host.h"
#include "engine/source/policy_source.h"

namespace gopol::engine {

/// The commit that a branch of a repository on this machine is at (file:///… or a path), read from
/// its reference alone: whether anything is new is then known without starting a program. Nothing
/// if it is not that simple; then git's library has the say.
std::optional<std::string> local_tip(const Disk& disk, const SourceRef& source);

}  // namespace gopol::engine
