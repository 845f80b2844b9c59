#pragma once

#include <memory>

#include "engine/plan/provider.h"

namespace gopol::providers::go {

/// go.env: every variable that Go reads from its env file.
/// A slot's value is what go would use without any process environment: the user's file, else
/// `go.env` of the default toolchain, else the built-in default; the winning layer is its origin. A
/// process variable that hides it is a finding. Writing edits the user's file exactly as `go env
/// -w` would, but atomically.
std::unique_ptr<engine::Provider> env_provider();

/// The user's env file: os.UserConfigDir()/go/env. A relative XDG_CONFIG_HOME is ignored, as by
/// go 1.24.
dsl::Path user_env_file(const engine::System& system);

/// The link to the default toolchain, if the policy does not say otherwise.
dsl::Path default_toolchain_link(const engine::System& system);

}  // namespace gopol::providers::go
