#pragma once

#include <map>
#include <string>

#include "engine/provider.h"

namespace gopol::providers {

/// The labels that the configuration sets, by name.
using Labels = std::map<std::string, std::string>;

/// All built-in providers, in a fixed order.
engine::Providers standard_providers(const engine::Settings& settings, const Labels& labels);

}  // namespace gopol::providers
