#pragma once

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "engine/encoding/json.h"
#include "engine/plan/plan.h"

namespace gopol::engine::detail {

template <class Items, class ToJson>
Json array_of(const Items& items, ToJson to_json) {
  Json out = Json::array();
  for (const auto& item : items) out.push_back(to_json(item));
  return out;
}

/// False if the list is missing, or one of its items is none.
template <class Item, class FromJson>
bool read_array(const Json& json, const char* name, std::vector<Item>& items, FromJson from_json) {
  const Json* list = find(json, name);
  if (list == nullptr || !list->is_array()) return false;
  for (const Json& one : *list) {
    std::optional<Item> item = from_json(one);
    if (!item) return false;
    items.push_back(std::move(*item));
  }
  return true;
}

/// Nothing if it is not there.
std::optional<std::uint32_t> small_number(const Json& json, const char* name);

/// What a change moves and would write; its rule and items stay behind. Reading: nullopt if it is
/// not one.
Json json_of(const PlannedChange& planned);
std::optional<PlannedChange> planned_of(const Json& json);
Json json_of(const Prepared& prepared);
std::optional<Prepared> prepared_of(const Json& json);

}  // namespace gopol::engine::detail
