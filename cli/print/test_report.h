#pragma once

#include <string>
#include <vector>

#include "dsl/policy/policy.h"
#include "dsl/value/diagnostic.h"

namespace gopol::cli {

/// What became of one `test` block.
struct TestOutcome {
  const dsl::TestCase* test = nullptr;
  dsl::Diagnostics problems;  ///< P3301, and what kept the test from running
};

/// The same as JUnit's XML, for the pages of a code review.
std::string junit(const std::string& policy, const std::vector<TestOutcome>& outcomes,
                  const dsl::SourceMap& sources);

}  // namespace gopol::cli
