#pragma once

#include <cstdint>
#include <string>

namespace gopol::cli {

/// What a policy's first line says of the policy itself: `gopol 1.0 name "team/mac-go" epoch 3`.
struct PolicyPragma {
  std::string name;
  std::uint64_t epoch = 0;
};

PolicyPragma pragma_of(const std::string& policy);

}  // namespace gopol::cli
