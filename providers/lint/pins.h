#pragma once

#include <string>
#include <vector>

#include "providers/lint/subject.h"

namespace gopol::providers::lint {

/// A Go release that a policy asks for: one, or a series (`1.22.x`).
struct Pin {
  Said said;
  std::string version;  ///< bare: 1.22.2; of a series its first
  int minor = 0;        ///< 22
  bool exact = true;
};

/// What the rules assert of the version of toolchains: each element of a list, the series that a
/// range does not leave. Bounds that leave a choice of series are no pins.
std::vector<Pin> pins(const Subject& subject);

/// The releases that GOTOOLCHAIN names, and no toolchain is pinned to.
std::vector<Pin> named_toolchains(const Subject& subject, const std::vector<Pin>& pinned);

/// 22 of `1.22.2`; -1 if it is no version of Go 1.
int minor_of(std::string_view bare);

}  // namespace gopol::providers::lint
