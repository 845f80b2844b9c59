#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <utility>

#include "cli/command/commands.h"
#include "cli/command/with_workspace.h"
#include "cli/print/test_report.h"
#include "cli/terminal/exit_of.h"
#include "cli/terminal/terminal.h"
#include "cli/workspace/fixtures.h"
#include "cli/workspace/policy_file.h"
#include "cli/workspace/workspace.h"
#include "engine/trial/coverage.h"
#include "engine/trial/mutate.h"
#include "engine/trial/trial.h"
#include "providers/machine/session.h"

namespace gopol::cli {
namespace {

constexpr std::size_t most_listed = 50;  // mutants and rules that one report names

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

/// The tests of one policy.
class Suite {
 public:
  Suite(const Options& options, Workspace& workspace, const LoadedPolicy& loaded)
      : options_(options),
        workspace_(workspace),
        policy_(loaded.policy),
        name_(loaded.origin.name),
        fixtures_(workspace),
        coverage_(loaded.policy) {}

  Exit run() {
    for (const dsl::TestCase& test : policy_.tests) {
      if (is_selected(test)) outcomes_.push_back(outcome_of(test));
    }
    if (outcomes_.empty()) return no_tests();
    const auto failed = static_cast<std::size_t>(
        std::count_if(outcomes_.begin(), outcomes_.end(),
                      [](const TestOutcome& one) { return !one.problems.empty(); }));
    if (options_.format == "junit") {
      print(junit(name_, outcomes_, workspace_.sources));
    } else {
      print_text(failed);
    }
    if (failed > 0) return Exit::findings;
    return options_.mutate ? mutate() : Exit::clean;
  }

 private:
  bool is_selected(const dsl::TestCase& test) const {
    return options_.only.empty() || test.title.find(options_.only) != std::string::npos;
  }

  Exit no_tests() const {
    if (options_.only.empty()) {
      print(fmt::format("{}: no tests\n", name_));
      return Exit::clean;
    }
    print_error(fmt::format("error: no test of {} has `{}` in its title\n", name_,
                            presentable(options_.only)));
    return Exit::usage;
  }

  engine::TestRun run_on(const dsl::TestCase& test, const dsl::Policy& policy,
                         const engine::Fixture& fixture) const {
    return engine::run_test(test, policy, workspace_.schemas, workspace_.providers, fixture,
                            workspace_.sources);
  }

  TestOutcome outcome_of(const dsl::TestCase& test) {
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

  void print_text(std::size_t failed) const {
    const Terminal terminal = terminal_of(stdout);
    for (const TestOutcome& one : outcomes_) {
      const bool ok = one.problems.empty();
      if (ok && !options_.verbose) continue;
      print(fmt::format(" {} {}\n",
                        ok ? terminal.paint("ok", "32") : terminal.paint("failed", "31"),
                        presentable(one.test->title, 200)));
      for (const dsl::Diagnostic& problem : one.problems)
        print(dsl::render(problem, workspace_.sources, {terminal.colour, !terminal.utf8}));
    }
    const auto rules = coverage_.rules(), branches = coverage_.branches();
    const std::string result = failed == 0 ? "all passed" : fmt::format("{} failed", failed);
    print(fmt::format("{}: {} test{}, {} {} rules {} of {}, branches {} of {}\n", name_,
                      outcomes_.size(), outcomes_.size() == 1 ? "" : "s", result, terminal.dot(),
                      rules.seen, rules.all, branches.seen, branches.all));
    if (!options_.verbose) return;
    for (const std::uint32_t index : coverage_.unseen_rules())
      print(fmt::format("   rule {} applies in no test\n", policy_.rules[index].name));
  }

  /// Whether some test fails on the changed policy, and whether its plan is another somewhere.
  struct Verdict {
    bool noticed = false, differs = false;
  };
  Verdict judge(const engine::Mutation& mutation) const {
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

  Exit mutate() const {
    std::size_t noticed = 0, same = 0;
    std::vector<engine::Mutation> missed;
    const auto all = engine::mutations_of(policy_);
    for (const engine::Mutation& mutation : all) {
      const Verdict verdict = judge(mutation);
      if (verdict.noticed) {
        ++noticed;
      } else if (verdict.differs) {
        missed.push_back(mutation);
      } else {
        ++same;
      }
    }
    const std::size_t counted = noticed + missed.size();
    print(fmt::format("{} mutants: {} noticed, {} not noticed, {} change no plan of these tests",
                      all.size(), noticed, missed.size(), same));
    if (counted > 0)
      print(fmt::format(" (score {:.1f} %)",
                        100.0 * static_cast<double>(noticed) / static_cast<double>(counted)));
    print("\n");
    for (std::size_t i = 0; i < missed.size() && i < most_listed; ++i) {
      const dsl::SourceSpan span = missed[i].span;
      print(fmt::format("   {}:{}: no test notices: {} (`{}`)\n",
                        workspace_.sources.name(span.source),
                        workspace_.sources.locate(span.source, span.begin).line, missed[i].what,
                        presentable(workspace_.sources.text(span), 80)));
    }
    return missed.empty() ? Exit::clean : Exit::findings;
  }

  struct Run {
    const dsl::TestCase* test;
    const engine::Fixture* fixture;
    std::string signature;
  };

  const Options& options_;
  Workspace& workspace_;
  const dsl::Policy& policy_;
  const std::string& name_;
  Fixtures fixtures_;
  engine::Coverage coverage_;
  std::vector<TestOutcome> outcomes_;
  std::vector<Run> runs_;
};

Exit test_one(const Options& options, const std::string& file) {
  return with_workspace(options, Access::read, [&](Workspace& workspace) -> dsl::Result<Exit> {
    for (auto& provider : workspace.providers) {  // a test does not depend on who runs it
      if (provider->schema().family == "label") provider = providers::label_provider({});
    }
    Options one = options;
    one.arguments = {file};
    dsl::Diagnostics warnings;
    const auto loaded = load_policy(one, workspace, warnings);
    report(warnings, workspace.sources);
    if (!loaded) return loaded.error();
    return Suite(options, workspace, *loaded).run();
  });
}

}  // namespace

Exit test_command(const Options& options) {
  auto files = options.arguments;
  if (files.empty()) {
    auto found = find_policy("");
    if (!found) {
      report(found.error(), dsl::SourceMap());
      return exit_of(found.error());
    }
    files = {*found};
  }
  Exit out = Exit::clean;
  for (const std::string& file : files) out = worse(out, test_one(options, file));
  return out;
}

}  // namespace gopol::cli
