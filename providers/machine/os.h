#pragma once

#include <memory>
#include <string_view>

#include "engine/plan/provider.h"

namespace gopol::providers {

/// os.family, name, version, build, beta.
std::unique_ptr<engine::Provider> os_provider();

/// The major number of macOS; 0: nobody says.
int macos_number(const engine::Host& host);

/// Whether a macOS build is a beta: four digits that begin with 5, and a trailing lower-case letter
/// (24F5068b). Four that begin with 2 are a release for one model; six are a security response.
bool is_beta_build(std::string_view build);

}  // namespace gopol::providers
