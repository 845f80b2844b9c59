#include "tests/fuzz/check_fault.h"

#include <span>

#include "dsl/check/check.h"
#include "dsl/syntax/parse.h"
#include "providers/providers.h"

namespace gopol::tests {

std::string check_fault(std::string_view text) {
  static const dsl::Schemas schemas = engine::schemas_of(providers::standard_providers({}, {}));
  dsl::SourceMap sources;
  const auto id = sources.add("any", std::string(text));
  dsl::Diagnostics problems;
  const dsl::Tree tree = dsl::parse(id, sources, problems);
  if (!dsl::has_errors(problems)) {
    const auto policy = dsl::check(std::span(&tree, 1), schemas, problems);
    if (!policy && policy.error().empty()) return "no policy and no error";
    if (!policy) problems.insert(problems.end(), policy.error().begin(), policy.error().end());
  }
  for (const dsl::Diagnostic& problem : problems) {
    static_cast<void>(dsl::render(problem, sources));
    if (problem.severity == dsl::Severity::error && !problem.primary)
      return "an error without a place: " + problem.message;
  }
  return {};
}

}  // namespace gopol::tests
