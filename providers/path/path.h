#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/plan/provider.h"
#include "providers/shell/session/login_path.h"

namespace gopol::providers {

/// path: PATH as a login shell, a program of the graphical session and an agent of launchd get it,
/// and what gopol's block in the profile makes of it for login shells.
std::unique_ptr<engine::Provider> path_provider();

/// A program as a login shell finds it.
struct FirstProgram {
  dsl::Value path;  ///< a Path; Absent: PATH has none; Unknown: with the file and line that prevent
                    ///< knowing
  std::string origin;  ///< FILE:LINE that put its folder into PATH
};

/// Which program of that name a login shell of the user starts.
FirstProgram first_program(std::string_view name, const engine::Host& host);

/// The same for a PATH that is known already.
FirstProgram first_program(std::string_view name, const std::vector<shell::PathEntry>& path,
                           const engine::Host& host);

}  // namespace gopol::providers
