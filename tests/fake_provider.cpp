#include "tests/fake_provider.h"

#include <utility>

#include "engine/real/programs.h"
#include "engine/real/real_disk.h"
#include "engine/real/real_network.h"
#include "engine/real/real_system.h"

namespace gopol::tests {
namespace {

using engine::Host;

class FakeProvider final : public engine::Provider {
 public:
  FakeProvider(dsl::Schema schema, FakeWorld& world) : schema_(std::move(schema)), world_(world) {}

  const dsl::Schema& schema() const override { return schema_; }

  engine::Observed observe(const engine::Query& query, const Host&) const override {
    engine::Observed out;
    for (const auto& slot : query.slots) {
      const std::string name = dsl::to_text(slot);
      world_.observed.push_back(name);
      const auto at = world_.values.find(name);
      out.push_back({.slot = slot,
                     .value = at == world_.values.end() ? dsl::Value(dsl::Absent{}) : at->second,
                     .misplaced = world_.misplaced.contains(name)});
      const auto there = world_.in_terminals.find(name);
      if (there != world_.in_terminals.end())
        out.back().elsewhere.push_back({"terminals", there->second, "~/.zshrc:4"});
    }
    return out;
  }

  dsl::Result<engine::Prepared> prepare(const engine::Change& change, const Host&) const override {
    if (const auto why = world_.unprepared.find(change.key); why != world_.unprepared.end())
      return dsl::problem("R4002", why->second);
    const auto at = world_.prepared.find(schema_.family);
    return at == world_.prepared.end() ? engine::Prepared{} : at->second;
  }

  dsl::Result<dsl::Done> apply(const engine::Change& change, Host&) const override {
    for (const auto& assignment : change.assignments) {
      const std::string name = dsl::to_text(assignment.slot);
      if (world_.failing.count(name) != 0) return dsl::problem("R4002", "no luck with " + name);
      world_.written.push_back(name);
      if (world_.deaf.count(name) == 0) world_.values[name] = assignment.to;
    }
    return dsl::Done{};
  }

 private:
  dsl::Schema schema_;
  FakeWorld& world_;
};

}  // namespace

std::unique_ptr<engine::Provider> fake_provider(dsl::Schema schema, FakeWorld& world) {
  return std::make_unique<FakeProvider>(std::move(schema), world);
}

dsl::Schema fake_schema(std::string family, bool keyed) {
  dsl::Schema out;
  out.family = std::move(family);
  if (keyed) out.key = dsl::Type{};
  for (const char* name : {"a", "b", "list", "flag"}) {
    dsl::AttributeSchema attribute;
    attribute.name = name;
    if (attribute.name == "list") attribute.type.kind = dsl::TypeKind::list;
    if (attribute.name == "flag") attribute.type.kind = dsl::TypeKind::boolean;
    attribute.writable = attribute.assertable = attribute.unsettable = attribute.optional = true;
    out.attributes.push_back(std::move(attribute));
  }
  out.existence = keyed;
  return out;
}

std::unique_ptr<Host> empty_host() {
  return std::make_unique<Host>(engine::real_disk(), engine::real_programs(), engine::real_system(),
                                engine::net_client({}));
}

}  // namespace gopol::tests
