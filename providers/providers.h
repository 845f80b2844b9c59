#pragma once

#include "engine/plan/provider.h"
#include "providers/machine/labels.h"

namespace gopol::providers {

/// All built-in providers, in a fixed order.
engine::Providers standard_providers(const engine::Settings& settings, const Labels& labels);

}  // namespace gopol::providers
