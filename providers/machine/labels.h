#pragma once

#include <map>
#include <string>

namespace gopol::providers {

/// The labels that the configuration sets, by name.
using Labels = std::map<std::string, std::string>;

}  // namespace gopol::providers
