#include "tests/policy_text.h"

#include <span>
#include <utility>

#include "dsl/check/check.h"
#include "dsl/syntax/parse.h"
#include "tests/catch.h"

namespace gopol::tests {
namespace {

std::string rendered(const dsl::Diagnostics& diagnostics, const dsl::SourceMap& sources) {
  std::string out;
  for (const auto& diagnostic : diagnostics) out += dsl::render(diagnostic, sources);
  return out;
}

}  // namespace

dsl::Policy policy_of(const std::string& text, const dsl::Schemas& schemas,
                      dsl::SourceMap& sources) {
  const auto id = sources.add("test.policy", "gopol 1.0\n" + text);
  dsl::Diagnostics problems;
  const dsl::Tree tree = dsl::parse(id, sources, problems);
  auto policy = dsl::check(std::span(&tree, 1), schemas, problems);
  if (!policy) problems.insert(problems.end(), policy.error().begin(), policy.error().end());
  const std::string all = rendered(problems, sources);
  CAPTURE(all);
  REQUIRE(policy);
  return std::move(*policy);
}

std::string complaints(const std::string& name, const std::string& text,
                       const dsl::Schemas& schemas) {
  dsl::SourceMap sources;
  const auto id = sources.add(name, text);
  dsl::Diagnostics problems;
  const dsl::Tree tree = dsl::parse(id, sources, problems);
  if (dsl::has_errors(problems)) return rendered(problems, sources);
  const auto policy = dsl::check(std::span(&tree, 1), schemas, problems);
  if (!policy) problems.insert(problems.end(), policy.error().begin(), policy.error().end());
  return rendered(problems, sources);
}

}  // namespace gopol::tests
