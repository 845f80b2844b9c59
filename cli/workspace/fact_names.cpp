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

/// All families whose names begin with this one and a dot: `xcode` is xcode.app, xcode.clt and
/// more.
bool add_group(const std::string& name, const engine::World& world, std::vector<Slot>& out) {
  bool found = false;
  for (const auto& provider : world.providers) {
    if (!provider->schema().family.starts_with(name + ".")) continue;
    add_family(*provider, world.host, out);
    found = true;
  }
  return found;
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
    if (add_group(name, world, out)) continue;
    if (const auto resource = dsl::parse_resource_name(name, world.schemas)) {
      const auto slots = engine::slots_of(*world.schemas.find(resource->family), resource->key);
      out.insert(out.end(), slots.begin(), slots.end());
      continue;
    }
    auto slot = dsl::parse_slot(name, world.schemas);
    if (!slot) return slot.error();
    out.push_back(std::move(*slot));
  }
  return out;
}

}  // namespace gopol::cli
