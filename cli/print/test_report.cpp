#include "cli/print/test_report.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/encoding/xml.h"

namespace gopol::cli {

std::string junit(const std::string& policy, const std::vector<TestOutcome>& outcomes,
                  const dsl::SourceMap& sources) {
  const auto failed = std::count_if(outcomes.begin(), outcomes.end(),
                                    [](const auto& one) { return !one.problems.empty(); });
  std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
  out += fmt::format("<testsuite name=\"{}\" tests=\"{}\" failures=\"{}\">\n",
                     engine::xml_attribute(policy), outcomes.size(), failed);
  for (const TestOutcome& one : outcomes) {
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

}  // namespace gopol::cli
