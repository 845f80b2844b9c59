#pragma once

#include <memory>

#include "engine/host/host.h"

namespace gopol::engine {

/// What another host says of kernel and session, for one that shows its machine; it must outlive
/// it.
std::unique_ptr<System> same_system(const System& system);

}  // namespace gopol::engine
