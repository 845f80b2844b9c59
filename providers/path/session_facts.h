#pragma once

#include <memory>

#include "engine/plan/provider.h"

namespace gopol::providers {

/// `session["GOROOT"].terminal`: what a variable is where somebody works.
std::unique_ptr<engine::Provider> session_provider();

}  // namespace gopol::providers
