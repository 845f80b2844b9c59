#include "cli/workspace/trial/suite.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "providers/machine/session.h"

namespace gopol::cli {
namespace {

/// What a plan would do and say, as far as a mutant may change it.
std::string signature(const engine::TestRun& run) {
  if (!run.planned) return "no plan";
  std::string out;
  for (const engine::ClaimOutcome& claim : run.planned->plan.claims)
    out += fmt::format("{} ", static_cast<int>(claim.state));
  for (const engine::Item& item : run.planned->plan.items) {
    if (item.state == engine::ItemState::ok) continue;
    out += fmt::format("{} {} {} {}\n", dsl::to_text(item.slot), static_cast<int>(item.state),
                       dsl::to_text(item.allowed), item.rule);
  }
  return out;
}

}  // namespace

void Suite::run(const std::string& only) {
  for (const dsl::TestCase& test : policy_.tests) {
    if (test.title.find(only) != std::string::npos) outcomes_.push_back(outcome_of(test));
  }
}

std::size_t Suite::failed() const {
  return static_cast<std::size_t>(
      std::count_if(outcomes_.begin(), outcomes_.end(),
                    [](const TestOutcome& one) { return !one.problems.empty(); }));
}

engine::TestRun Suite::run_on(const dsl::TestCase& test, const dsl::Policy& policy,
                              const engine::Fixture& fixture) const {
  return engine::run_test(test, policy, workspace_.schemas, workspace_.providers, fixture,
                          workspace_.sources);
}

TestOutcome Suite::outcome_of(const dsl::TestCase& test) {
  TestOutcome out{&test, {}};
  const auto fixture = fixtures_.of(test);
  if (!fixture) {
    out.problems = fixture.error();
    return out;
  }
  engine::TestRun run = run_on(test, policy_, **fixture);
  out.problems = run.errors;
  for (const engine::Unmet& unmet : run.unmet) {
    auto problem = dsl::problem("P3301", unmet.span, unmet.message, "",
                                fmt::format("{}", fmt::join(unmet.notes, "; ")));
    out.problems.push_back(std::move(problem));
  }
  if (run.planned) coverage_.add(run.planned->desired, run.planned->facts);
  runs_.push_back({&test, *fixture, signature(run)});
  return out;
}

/// Whether some test fails on the changed policy, and whether its plan is another somewhere.
Suite::Verdict Suite::judge(const engine::Mutation& mutation) const {
  dsl::Policy changed = policy_;
  mutation.apply(changed);
  Verdict out;
  for (const Run& one : runs_) {
    const engine::TestRun run = run_on(*one.test, changed, *one.fixture);
    out.noticed = out.noticed || !run.passed();
    out.differs = out.differs || signature(run) != one.signature;
    if (out.noticed && out.differs) break;
  }
  return out;
}

MutationScore Suite::mutate() const {
  MutationScore out;
  for (const engine::Mutation& mutation : engine::mutations_of(policy_)) {
    const Verdict verdict = judge(mutation);
    ++out.all;
    if (verdict.noticed) {
      ++out.noticed;
    } else if (verdict.differs) {
      out.missed.push_back(mutation);
    } else {
      ++out.same;
    }
  }
  return out;
}

dsl::Result<LoadedPolicy> load_to_test(const std::string& file, const Options& options,
                                       Workspace& workspace, dsl::Diagnostics& warnings) {
  for (auto& provider : workspace.providers) {
    if (provider->schema().family == "label") provider = providers::label_provider({});
  }
  Options one = options;
  one.arguments = {file};
  return load_policy(one, workspace, warnings);
}

}  // namespace gopol::cli
