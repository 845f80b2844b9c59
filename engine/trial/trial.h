#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/plan/planning.h"

namespace gopol::engine {

/// What a test's facts come from, beside those it gives itself: recorded facts, or a recorded
/// machine that is asked for what the policy names.
struct Fixture {
  Facts facts;
  const Host* host = nullptr;  ///< none: `facts` is all there is
};

/// One expectation that was not met.
struct Unmet {
  dsl::SourceSpan span;
  std::string message;             ///< `expected …, got …`
  std::vector<std::string> notes;  ///< which part of which guard was false, on which value
};

struct TestRun {
  std::vector<Unmet> unmet;
  dsl::Diagnostics errors;  ///< the policy cannot be planned on this machine
  std::optional<Planned> planned;
  bool passed() const { return unmet.empty() && errors.empty(); }
};

/// Runs one `test` block. Never reads the clock; writes nothing. The words of notes are taken from
/// `sources`. Source: the manual, "Where a slot's name stands".
TestRun run_test(const dsl::TestCase& test, const dsl::Policy& policy, const dsl::Schemas& schemas,
                 const Providers& providers, const Fixture& fixture, const dsl::SourceMap& sources);

}  // namespace gopol::engine
