#pragma once

#include <string>

#include "cli/workspace/pull.h"

namespace gopol::cli {

/// What a person is asked to accept: the source, its newest commit, who signed it.
std::string trust_offer(const SourcePull& pull);

}  // namespace gopol::cli
