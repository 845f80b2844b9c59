#include "engine/provider.h"

#include <algorithm>

namespace gopol::engine {
namespace {

dsl::Diagnostic never_writes(const std::string& family) {
  return dsl::problem("P2007", "`" + family + "` is only read; nothing can change it");
}

}  // namespace

Result<Prepared> FactProvider::prepare(const Change&, const Host&) const {
  return never_writes(schema().family);
}

Result<Done> FactProvider::apply(const Change&, Host&) const { return never_writes(schema().family); }

Result<Done> FactProvider::undo(const Undo&, Host&) const { return never_writes(schema().family); }

dsl::Schemas schemas_of(const Providers& providers) {
  dsl::Schemas out;
  for (const auto& provider : providers) out.families.push_back(provider->schema());
  std::sort(out.families.begin(), out.families.end(),
            [](const dsl::Schema& a, const dsl::Schema& b) { return a.family < b.family; });
  return out;
}

}  // namespace gopol::engine
