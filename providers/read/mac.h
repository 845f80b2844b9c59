#pragma once

#include <string_view>

#include "engine/plan/provider.h"

namespace gopol::providers {

bool is_mac(const engine::Host& host);

/// Whether the machine, not this program, has Apple's own processor. A key that is missing means
/// no.
bool is_apple_silicon(const engine::Host& host);

/// What is there exactly when Rosetta 2 works: its receipt outlives it, its daemon comes and goes.
inline constexpr const char* rosetta_runtime = "/Library/Apple/usr/libexec/oah/libRosettaRuntime";

/// Unknown: what a family that only a Mac has says elsewhere. `what` is `Xcode`.
dsl::Value only_on_a_mac(std::string_view what);
bool is_only_on_a_mac(const dsl::Value& value);

}  // namespace gopol::providers
