#include "providers/lint/pairs_here.h"

#include <fmt/format.h>

#include <algorithm>

namespace gopol::providers::lint {
namespace {

bool is_mended(const BadPair& pair, const std::string& flags) {
  return std::any_of(pair.unless.begin(), pair.unless.end(), [&](const std::string& part) {
    return flags.find(part) != std::string::npos;
  });
}

bool is_so(const Versions& wanted, const std::optional<dsl::Version>& there) {
  return wanted.any() || (there && wanted.holds(*there));
}

}  // namespace

std::vector<const BadPair*> pairs_here(const dsl::Version& go, const Here& here,
                                       std::span<const BadPair> pairs) {
  std::vector<const BadPair*> out;
  for (const BadPair& pair : pairs) {
    if (pair.go.holds(go) && is_so(pair.macos, here.macos) && is_so(pair.xcode, here.tools) &&
        !is_mended(pair, here.flags))
      out.push_back(&pair);
  }
  return out;
}

std::string advice(const BadPair& pair) {
  return fmt::format("{}; else {}: {} ({})", pair.workaround, pair.when, pair.symptom, pair.issue);
}

}  // namespace gopol::providers::lint
