#pragma once

#include <cstdlib>

namespace gopol::tests {

/// How many rounds a test with random input makes: $GOPOL_MUTATIONS for a long run by hand, else
/// `usual`.
inline int mutations(int usual) {
  const char* wanted = std::getenv("GOPOL_MUTATIONS");
  const int out = wanted != nullptr ? std::atoi(wanted) : 0;
  return out > 0 ? out : usual;
}

}  // namespace gopol::tests
