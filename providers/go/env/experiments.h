#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "dsl/value/result.h"

namespace gopol::providers::go {

/// The experiments of one Go language version on one platform. Only the documented minors (1.19
/// to 1.27) are known; a later one answers as the last known.
struct ExperimentSet {
  std::vector<std::string> enabled;  ///< in the toolchain's own order
  std::vector<std::string> changed;  ///< against the default: names, or `noNAME`
};

/// Applies a GOEXPERIMENT value to the defaults. Error: an unknown name, in the toolchain's
/// wording. Source: internal/buildcfg.ParseGOEXPERIMENT.
dsl::Result<ExperimentSet> parse_experiments(std::string_view value, int go_minor,
                                             std::string_view os, std::string_view arch);

/// Every name is known to some Go version; used where the version is not known.
dsl::Result<dsl::Done> check_experiments(std::string_view value);

enum class ExperimentState { absent, known, default_on };
/// As in the table of experiments, for darwin/arm64.
ExperimentState experiment_state(std::string_view name, int go_minor);

}  // namespace gopol::providers::go
