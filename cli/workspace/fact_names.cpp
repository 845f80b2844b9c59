#include "cli/workspace/fact_names.h"

#include <utility>

#include "dsl/syntax/slot.h"
#include "engine/plan/schema_slots.h"

namespace gopol::cli {
namespace {

using engine::Slot;

void add_family(const engine::Provider& provider, const engine::Host& host,
                std::vector<Slot>& out) {
  const dsl::Schema& schema = provider.schema();
  const auto keys = schema.key ? provider.keys(host) : std::vector<std::string>{""};
  for (const std::string& key : keys) {
    const auto slots = engine::slots_of(schema, key);
    out.insert(out.end(), slots.begin(), slots.end());
  }
}

}  // namespace

dsl::Result<std::vector<Slot>> slots_named(const std::vector<std::string>& names,
                                           const engine::World& world) {
  std::vector<Slot> out;
  if (names.empty()) {
    for (const auto& provider : world.providers) add_family(*provider, world.host, out);
    return out;
  }
  for (const std::string& name : names) {
    if (const engine::Provider* provider = engine::provider_of(world.providers, name)) {
      add_family(*provider, world.host, out);
      continue;
    }
    auto slot = dsl::parse_slot(name, world.schemas);
    if (!slot) return slot.error();
    out.push_back(std::move(*slot));
  }
  return out;
}

}  // namespace gopol::cli
