#include "dsl/lint/lint.h"

#include <algorithm>

namespace gopol::dsl::lint {

void unite(Diagnostics& diagnostics) {
  sort(diagnostics);
  const auto same = [](const Diagnostic& a, const Diagnostic& b) {
    return a.code == b.code && a.message == b.message && a.primary && b.primary &&
           a.primary->span == b.primary->span;
  };
  diagnostics.erase(std::unique(diagnostics.begin(), diagnostics.end(), same), diagnostics.end());
}

}  // namespace gopol::dsl::lint
