#pragma once

#include <string>
#include <vector>

#include "cli/workspace/trial/fixtures.h"
#include "cli/workspace/workspace.h"
#include "engine/trial/coverage.h"
#include "engine/trial/mutate.h"

namespace gopol::cli {

/// What became of one `test` block.
struct TestOutcome {
  const dsl::TestCase* test = nullptr;
  dsl::Diagnostics problems;  ///< P3301, and what kept the test from running
};

/// How many mutants of a policy its tests notice.
struct MutationScore {
  std::size_t all = 0, noticed = 0, same = 0;  ///< same: no plan of these tests changes
  std::vector<engine::Mutation> missed;
};

/// The tests of one policy, which must outlive it.
class Suite {
 public:
  Suite(Workspace& workspace, const LoadedPolicy& loaded)
      : workspace_(workspace),
        policy_(loaded.policy),
        name_(loaded.origin.name),
        fixtures_(workspace),
        coverage_(loaded.policy) {}

  /// Runs the tests that have `only` in their title; empty: all.
  void run(const std::string& only);
  /// Runs them again on each mutant of the policy.
  MutationScore mutate() const;

  const std::string& name() const { return name_; }
  const dsl::Policy& policy() const { return policy_; }
  const std::vector<TestOutcome>& outcomes() const { return outcomes_; }
  std::size_t failed() const;  ///< of the outcomes
  const engine::Coverage& coverage() const { return coverage_; }

 private:
  struct Run {
    const dsl::TestCase* test;
    const engine::Fixture* fixture;
    std::string signature;
  };
  struct Verdict {
    bool noticed = false, differs = false;
  };
  TestOutcome outcome_of(const dsl::TestCase& test);
  engine::TestRun run_on(const dsl::TestCase& test, const dsl::Policy& policy,
                         const engine::Fixture& fixture) const;
  Verdict judge(const engine::Mutation& mutation) const;

  Workspace& workspace_;
  const dsl::Policy& policy_;
  const std::string& name_;
  Fixtures fixtures_;
  engine::Coverage coverage_;
  std::vector<TestOutcome> outcomes_;
  std::vector<Run> runs_;
};

/// The policy of one file as a test sees it: on a machine without labels, whoever runs it.
dsl::Result<LoadedPolicy> load_to_test(const std::string& file, const Options& options,
                                       Workspace& workspace, dsl::Diagnostics& warnings);

}  // namespace gopol::cli
