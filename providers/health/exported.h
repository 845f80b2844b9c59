#pragma once

#include <vector>

#include "engine/host/host.h"
#include "engine/plan/facts.h"
#include "providers/health/health.h"

namespace gopol::providers {

/// Variables of go that files of the shell export and that go refuses, or a GOROOT where no Go is.
std::vector<Ailment> exported_ailments(const engine::Facts& facts, const engine::Host& host);

}  // namespace gopol::providers
