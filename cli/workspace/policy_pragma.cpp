#include "cli/workspace/policy_pragma.h"

#include <charconv>
#include <string_view>

#include "dsl/syntax/parse.h"
#include "dsl/syntax/views.h"

namespace gopol::cli {

PolicyPragma pragma_of(const std::string& policy) {
  dsl::SourceMap sources;
  dsl::Diagnostics ignored;
  const dsl::Tree tree = dsl::parse(sources.add("policy", policy), sources, ignored);
  const dsl::Pragma pragma = dsl::File(tree).pragma();
  if (!pragma) return {};
  PolicyPragma out{pragma.name(), 0};
  const std::string_view word = pragma.epoch().text;
  std::uint64_t epoch = 0;
  const auto read = std::from_chars(word.data(), word.data() + word.size(), epoch);
  if (read.ec == std::errc()) out.epoch = epoch;
  return out;
}

}  // namespace gopol::cli
