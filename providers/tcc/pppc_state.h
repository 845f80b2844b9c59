#pragma once

#include <memory>

#include "engine/plan/provider.h"

namespace gopol::providers::tcc {

/// mdm.pppc CLIENT: what a profile of an MDM decides for a program, before any user does.
std::unique_ptr<engine::Provider> pppc_provider();

}  // namespace gopol::providers::tcc
