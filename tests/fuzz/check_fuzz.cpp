// The checker: any text that parses is checked without a crash, and gives a policy or errors, never
// neither.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>
#include <string>

#include "dsl/check.h"
#include "dsl/parse.h"
#include "providers/providers.h"

using namespace gopol;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const dsl::Schemas schemas = engine::schemas_of(providers::standard_providers({}, {}));
  dsl::SourceMap sources;
  const auto id = sources.add("fuzz", std::string(reinterpret_cast<const char*>(data), size));
  dsl::Diagnostics problems;
  const dsl::Tree tree = dsl::parse(id, sources, problems);
  if (dsl::has_errors(problems)) return 0;
  const auto policy = dsl::check(std::span(&tree, 1), schemas, problems);
  if (!policy && policy.error().empty()) std::abort();
  for (const auto& problem : problems) static_cast<void>(dsl::render(problem, sources));
  if (!policy) {
    for (const auto& problem : policy.error()) static_cast<void>(dsl::render(problem, sources));
  }
  return 0;
}
