#pragma once

#include <cstdlib>

namespace gopol::tests {

/// Ends a fuzzer with a finding.
inline void require(bool holds) {
  if (!holds) std::abort();
}

}  // namespace gopol::tests
