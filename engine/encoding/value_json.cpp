#include "engine/encoding/value_json.h"

#include <algorithm>

#include "engine/encoding/json.h"

namespace gopol::engine {
namespace detail {
namespace {

using dsl::Value;

Json texts(const std::vector<std::string>& items) {
  Json out = Json::array();
  for (const std::string& item : items) out.push_back(json_text(item));
  return out;
}

struct ToJson {
  Json operator()(const dsl::Absent&) const { return Json{{"absent", true}}; }
  Json operator()(const dsl::Unknown& unknown) const {
    Json out{{"unknown", json_text(unknown.reason)}};
    if (!unknown.remedy.empty()) out["remedy"] = json_text(unknown.remedy);
    return out;
  }
  Json operator()(bool value) const { return Json(value); }
  Json operator()(std::int64_t value) const { return Json(value); }
  Json operator()(const std::string& value) const { return json_text(value); }
  Json operator()(const dsl::Version& version) const {
    return Json{{"version", json_text(version.text)},
                {"scheme", std::string(dsl::name(version.scheme))}};
  }
  Json operator()(const dsl::Date& date) const { return Json{{"date", dsl::to_text(date)}}; }
  Json operator()(const dsl::Duration& duration) const {
    return Json{{"seconds", duration.seconds}};
  }
  Json operator()(const dsl::Path& path) const { return Json{{"path", json_text(path.text)}}; }
  Json operator()(const dsl::List& list) const { return Json{{"list", texts(list.items)}}; }
  Json operator()(const dsl::Set& set) const { return Json{{"set", texts(set.items)}}; }
  Json operator()(const dsl::Chain& chain) const {
    Json links = Json::array();
    for (const auto& link : chain.links) {
      Json pair = Json::array();
      pair.push_back(json_text(link.text));
      pair.push_back(link.on_any_error ? "|" : ",");
      links.push_back(std::move(pair));
    }
    return Json{{"chain", std::move(links)}};
  }
  Json operator()(const dsl::SecretRef& secret) const {
    return Json{{"secret", json_text(secret.reference)}};
  }
};

std::optional<std::vector<std::string>> items_of(const Json& json) {
  if (!json.is_array()) return {};
  std::vector<std::string> out;
  for (const Json& item : json) {
    auto text = bytes_of(item);
    if (!text) return {};
    out.push_back(std::move(*text));
  }
  return out;
}

std::optional<Value> version_of(const Json& json) {
  const std::string scheme = text_in(json, "scheme");
  using enum dsl::VersionScheme;
  for (const dsl::VersionScheme known : {go, apple, semver, brew}) {
    if (dsl::name(known) == scheme) return Value(dsl::Version{text_in(json, "version"), known});
  }
  return {};
}

std::optional<Value> chain_of(const Json& json) {
  if (!json.is_array()) return {};
  dsl::Chain chain;
  for (const Json& pair : json) {
    if (!pair.is_array() || pair.size() != 2) return {};
    auto text = bytes_of(pair[0]);
    const bool any = pair[1] == "|";
    if (!text || (!any && pair[1] != ",")) return {};
    chain.links.push_back({std::move(*text), any});
  }
  return Value(std::move(chain));
}

std::optional<Value> object_of(const Json& json) {
  if (find(json, "absent") != nullptr) return Value(dsl::Absent{});
  if (find(json, "unknown") != nullptr) {
    return Value(dsl::Unknown{text_in(json, "unknown"), text_in(json, "remedy")});
  }
  if (find(json, "version") != nullptr) return version_of(json);
  if (const Json* chain = find(json, "chain")) return chain_of(*chain);
  if (const Json* path = find(json, "path")) {
    const auto text = bytes_of(*path);
    return text ? std::optional(Value(dsl::Path(*text))) : std::nullopt;
  }
  if (const Json* list = find(json, "list")) {
    auto items = items_of(*list);
    return items ? std::optional(Value(dsl::List{std::move(*items)})) : std::nullopt;
  }
  if (const Json* set = find(json, "set")) {
    auto items = items_of(*set);
    if (items) {
      std::sort(items->begin(), items->end());
      items->erase(std::unique(items->begin(), items->end()), items->end());
    }
    return items ? std::optional(Value(dsl::Set{std::move(*items)})) : std::nullopt;
  }
  if (find(json, "date") != nullptr) {
    const auto date = dsl::parse_date(text_in(json, "date"));
    return date ? std::optional(Value(*date)) : std::nullopt;
  }
  if (const Json* seconds = find(json, "seconds");
      seconds != nullptr && seconds->is_number_integer()) {
    return Value(dsl::Duration{seconds->get<std::int64_t>()});
  }
  if (find(json, "secret") != nullptr) return Value(dsl::SecretRef{text_in(json, "secret")});
  if (auto bytes = bytes_of(json)) return Value(std::move(*bytes));
  return {};
}

}  // namespace

Json json_of(const Value& value) { return std::visit(ToJson{}, value.data); }

std::optional<Value> value_of(const Json& json) {
  if (json.is_boolean()) return Value(json.get<bool>());
  if (json.is_number_integer()) return Value(json.get<std::int64_t>());
  if (json.is_string()) return Value(json.get_ref<const std::string&>());
  return json.is_object() ? object_of(json) : std::nullopt;
}

}  // namespace detail

std::string to_json(const dsl::Value& value) { return detail::line_of(detail::json_of(value)); }

std::optional<dsl::Value> value_from_json(std::string_view text) {
  const auto json = detail::parse_json(text);
  if (!json) return {};
  return detail::value_of(*json);
}

std::string to_json(const dsl::Allowed& allowed) {
  return detail::line_of(detail::json_of(allowed));
}

std::optional<dsl::Allowed> allowed_from_json(std::string_view text) {
  const auto json = detail::parse_json(text);
  if (!json) return {};
  return detail::allowed_of(*json);
}

}  // namespace gopol::engine
