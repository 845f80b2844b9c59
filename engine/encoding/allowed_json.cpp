#include <utility>

#include "engine/encoding/json.h"

namespace gopol::engine::detail {
namespace {

template <class Items, class Form>
void put_items(Json& out, const char* name, const Items& items, Form form) {
  if (items.empty()) return;
  Json all = Json::array();
  for (const auto& item : items) all.push_back(form(item));
  out[name] = std::move(all);
}

/// Returns false if the member is there and is not an array of such forms.
template <class Items, class Read>
bool take_items(const Json& json, const char* name, Items& items, Read read) {
  const Json* all = find(json, name);
  if (all == nullptr) return true;
  if (!all->is_array()) return false;
  for (const Json& one : *all) {
    auto item = read(one);
    if (!item) return false;
    items.push_back(std::move(*item));
  }
  return true;
}

void put_bound(Json& out, const char* name, const std::optional<dsl::Bound>& bound) {
  if (bound) out[name] = Json{{"value", json_of(bound->value)}, {"included", bound->included}};
}

bool take_bound(const Json& json, const char* name, std::optional<dsl::Bound>& bound) {
  const Json* form = find(json, name);
  if (form == nullptr) return true;
  const Json* value = find(*form, "value");
  auto read = value != nullptr ? value_of(*value) : std::nullopt;
  if (!read) return false;
  bound = dsl::Bound{std::move(*read), flag_in(*form, "included")};
  return true;
}

}  // namespace

Json json_of(const dsl::Allowed& allowed) {
  const auto value = [](const dsl::Value& one) { return json_of(one); };
  const auto text = [](const std::string& one) { return json_text(one); };
  Json out = Json::object();
  if (allowed.one_of) {
    out["one_of"] = Json::array();
    put_items(out, "one_of", *allowed.one_of, value);
  }
  if (allowed.range) {
    Json range = Json::object();
    put_bound(range, "low", allowed.range->low);
    put_bound(range, "high", allowed.range->high);
    out["range"] = std::move(range);
  }
  put_items(out, "none_of", allowed.none_of, value);
  put_items(out, "includes", allowed.includes, text);
  put_items(out, "excludes", allowed.excludes, text);
  put_items(out, "globs", allowed.globs, text);
  return out;
}

std::optional<dsl::Allowed> allowed_of(const Json& json) {
  if (!json.is_object()) return {};
  dsl::Allowed out;
  if (find(json, "one_of") != nullptr) {
    out.one_of.emplace();
    if (!take_items(json, "one_of", *out.one_of, value_of)) return {};
  }
  if (const Json* form = find(json, "range")) {
    dsl::Range range;
    if (!form->is_object() || !take_bound(*form, "low", range.low) ||
        !take_bound(*form, "high", range.high))
      return {};
    out.range = std::move(range);
  }
  if (!take_items(json, "none_of", out.none_of, value_of) ||
      !take_items(json, "includes", out.includes, bytes_of) ||
      !take_items(json, "excludes", out.excludes, bytes_of) ||
      !take_items(json, "globs", out.globs, bytes_of))
    return {};
  return out;
}

}  // namespace gopol::engine::detail
