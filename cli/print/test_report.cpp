#include "cli/print/test_report.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/encoding/xml.h"

namespace gopol::cli {
namespace {

constexpr std::size_t most_listed = 50;  // mutants that one report names

std::string coverage_line(const Suite& suite, const Terminal& terminal) {
  const auto rules = suite.coverage().rules(), branches = suite.coverage().branches();
  const std::size_t all = suite.outcomes().size(), failed = suite.failed();
  const std::string result = failed == 0 ? "all passed" : fmt::format("{} failed", failed);
  return fmt::format("{}: {} test{}, {} {} rules {} of {}, branches {} of {}\n", suite.name(), all,
                     all == 1 ? "" : "s", result, terminal.dot(), rules.seen, rules.all,
                     branches.seen, branches.all);
}

}  // namespace

std::string test_text(const Suite& suite, const dsl::SourceMap& sources, bool verbose,
                      const Terminal& terminal) {
  std::string out;
  for (const TestOutcome& one : suite.outcomes()) {
    const bool ok = one.problems.empty();
    if (ok && !verbose) continue;
    out += fmt::format(" {} {}\n", ok ? terminal.paint("ok", "32") : terminal.paint("failed", "31"),
                       presentable(one.test->title, 200));
    for (const dsl::Diagnostic& problem : one.problems)
      out += dsl::render(problem, sources, {terminal.colour, !terminal.utf8});
  }
  out += coverage_line(suite, terminal);
  if (!verbose) return out;
  for (const std::uint32_t index : suite.coverage().unseen_rules())
    out += fmt::format("   rule {} applies in no test\n", suite.policy().rules[index].name);
  return out;
}

std::string test_junit(const Suite& suite, const dsl::SourceMap& sources) {
  std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
  out += fmt::format("<testsuite name=\"{}\" tests=\"{}\" failures=\"{}\">\n",
                     engine::xml_attribute(suite.name()), suite.outcomes().size(), suite.failed());
  for (const TestOutcome& one : suite.outcomes()) {
    const auto at = sources.locate(one.test->span.source, one.test->span.begin);
    const std::string file = engine::xml_attribute(sources.name(one.test->span.source));
    out += fmt::format("  <testcase classname=\"{}\" name=\"{}\" file=\"{}\" line=\"{}\"", file,
                       engine::xml_attribute(one.test->title), file, at.line);
    if (one.problems.empty()) {
      out += "/>\n";
      continue;
    }
    out += ">\n";
    for (const dsl::Diagnostic& problem : one.problems) {
      out += fmt::format("    <failure message=\"{}\" type=\"{}\">{}</failure>\n",
                         engine::xml_attribute(problem.message), problem.code,
                         engine::xml_attribute(dsl::render(problem, sources)));
    }
    out += "  </testcase>\n";
  }
  return out + "</testsuite>\n";
}

std::string mutation_text(const MutationScore& score, const dsl::SourceMap& sources) {
  const std::size_t counted = score.noticed + score.missed.size();
  std::string out =
      fmt::format("{} mutants: {} noticed, {} not noticed, {} change no plan of these tests",
                  score.all, score.noticed, score.missed.size(), score.same);
  if (counted > 0)
    out += fmt::format(" (score {:.1f} %)",
                       100.0 * static_cast<double>(score.noticed) / static_cast<double>(counted));
  out += '\n';
  for (std::size_t i = 0; i < std::min(score.missed.size(), most_listed); ++i) {
    const dsl::SourceSpan span = score.missed[i].span;
    out += fmt::format("   {}:{}: no test notices: {} (`{}`)\n", sources.name(span.source),
                       sources.locate(span.source, span.begin).line, score.missed[i].what,
                       presentable(sources.text(span), 80));
  }
  return out;
}

}  // namespace gopol::cli
