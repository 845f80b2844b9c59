#include "engine/encoding/json.h"

#include <fmt/format.h>

#include "dsl/value/harmless.h"
#include "dsl/value/utf8.h"
#include "engine/encoding/base64.h"

namespace gopol::engine::detail {
namespace {

constexpr std::size_t deepest = 200;  // what reads on goes down a call for each bracket

/// Whether brackets stand deeper in each other than any document of ours or of a Mac has them.
bool is_too_deep(std::string_view text) {
  std::size_t depth = 0;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '"') quoted = !quoted;
    if (quoted) {
      if (c == '\\') ++i;
    } else if (c == '[' || c == '{') {
      if (++depth > deepest) return true;
    } else if ((c == ']' || c == '}') && depth > 0) {
      --depth;
    }
  }
  return false;
}

}  // namespace

std::optional<Json> parse_json(std::string_view text) {
  if (is_too_deep(text)) return {};
  Json out = Json::parse(text, nullptr, false);
  if (out.is_discarded()) return {};
  return out;
}

std::string line_of(const Json& json) {
  // Every text went through json_text; should one not have, `?` is better than an end.
  return dsl::harmless_json(json.dump(-1, ' ', false, Json::error_handler_t::replace));
}

Json json_text(std::string_view bytes) {
  if (dsl::is_utf8(bytes)) return Json(std::string(bytes));
  return Json{{"base64", to_base64(bytes)}};
}

std::optional<std::string> bytes_of(const Json& json) {
  if (json.is_string()) return json.get_ref<const std::string&>();
  const Json* encoded = find(json, "base64");
  if (encoded == nullptr || !encoded->is_string()) return {};
  return from_base64(encoded->get_ref<const std::string&>());
}

Json json_of(const dsl::Slot& slot) {
  Json out{{"family", json_text(slot.family)}};
  if (!slot.key.empty()) out["key"] = json_text(slot.key);
  if (!slot.attribute.empty()) out["attribute"] = json_text(slot.attribute);
  if (!slot.index.empty()) out["index"] = json_text(slot.index);
  return out;
}

std::optional<dsl::Slot> slot_of(const Json& json) {
  dsl::Slot out{text_in(json, "family"), text_in(json, "key"), text_in(json, "attribute"),
                text_in(json, "index")};
  if (out.family.empty()) return {};
  return out;
}

std::string moment_text(std::chrono::system_clock::time_point moment) {
  constexpr std::int64_t day = 86400;
  const std::int64_t seconds =
      std::chrono::floor<std::chrono::seconds>(moment).time_since_epoch().count();
  const std::int64_t days = (seconds >= 0 ? seconds : seconds - day + 1) / day;
  const std::int64_t rest = seconds - days * day;
  return fmt::format("{}T{:02}:{:02}:{:02}Z", dsl::to_text(dsl::date_from_days(days)), rest / 3600,
                     rest / 60 % 60, rest % 60);
}

std::optional<std::chrono::system_clock::time_point> moment_of(std::string_view text) {
  if (text.size() != 20 || text[10] != 'T' || text[13] != ':' || text[16] != ':' ||
      text[19] != 'Z') {
    return {};
  }
  const auto date = dsl::parse_date(text.substr(0, 10));
  std::int64_t parts[3] = {};
  for (std::size_t i = 0; i < 3; ++i) {
    const char tens = text[11 + i * 3], ones = text[12 + i * 3];
    if (tens < '0' || tens > '9' || ones < '0' || ones > '9') return {};
    parts[i] = (tens - '0') * 10 + (ones - '0');
  }
  if (!date || parts[0] > 23 || parts[1] > 59 || parts[2] > 60) return {};
  const std::int64_t seconds =
      dsl::days(*date) * 86400 + parts[0] * 3600 + parts[1] * 60 + parts[2];
  using Clock = std::chrono::system_clock;
  const auto first = std::chrono::ceil<std::chrono::seconds>(Clock::time_point::min()),
             last = std::chrono::floor<std::chrono::seconds>(Clock::time_point::max());
  const std::chrono::sys_seconds out{std::chrono::seconds(seconds)};
  if (out < first || out > last) return {};  // a year that no clock can say
  return out;
}

const Json* find(const Json& object, const char* name) {
  if (!object.is_object()) return nullptr;
  const auto found = object.find(name);
  return found == object.end() ? nullptr : &*found;
}

std::optional<std::string> bytes_in(const Json& object, const char* name) {
  const Json* member = find(object, name);
  return member != nullptr ? bytes_of(*member) : std::nullopt;
}

std::string text_in(const Json& object, const char* name) {
  const Json* member = find(object, name);
  return member == nullptr ? "" : bytes_of(*member).value_or("");
}

std::uint64_t number_in(const Json& object, const char* name) {
  const Json* member = find(object, name);
  return member != nullptr && member->is_number_unsigned() ? member->get<std::uint64_t>() : 0;
}

bool flag_in(const Json& object, const char* name) {
  const Json* member = find(object, name);
  return member != nullptr && *member == true;
}

}  // namespace gopol::engine::detail
