#include "engine/plan/schema_slots.h"

namespace gopol::engine {

std::vector<dsl::Slot> slots_of(const dsl::Schema& schema, const std::string& key) {
  std::vector<dsl::Slot> out;
  if (schema.existence) out.push_back({schema.family, key, "exists", ""});
  for (const auto& attribute : schema.attributes) {
    if (!attribute.input && !attribute.indexed)
      out.push_back({schema.family, key, attribute.name, ""});
  }
  return out;
}

}  // namespace gopol::engine
