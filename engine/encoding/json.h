#pragma once

// For .cpp files alone: the library is large.
#include <nlohmann/json.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "dsl/policy/allowed.h"
#include "dsl/policy/schema.h"
#include "dsl/value/value.h"

namespace gopol::engine::detail {

/// Keeps the order of keys as written, so that two runs give the same bytes.
using Json = nlohmann::ordered_json;

/// Nothing if it is no JSON, or has more than 200 brackets in each other. Never throws.
std::optional<Json> parse_json(std::string_view text);

/// One line, without a line end.
std::string line_of(const Json& json);

/// Any bytes: a JSON string if they are UTF-8, else {"base64": ...}. JSON has no other way.
Json json_text(std::string_view bytes);
std::optional<std::string> bytes_of(const Json& json);
/// Of a member; nothing if it is not there or another type.
std::optional<std::string> bytes_in(const Json& object, const char* name);

Json json_of(const dsl::Value& value);
std::optional<dsl::Value> value_of(const Json& json);

/// {"one_of", "none_of": values, "range": {"low", "high": {"value", "included"}}, "includes",
/// "excludes", "globs": texts}; what is not said is left out. Reading: nullopt if it is not one.
Json json_of(const dsl::Allowed& allowed);
std::optional<dsl::Allowed> allowed_of(const Json& json);

/// {"family", "key", "attribute", "index"}, the last two left out if empty.
Json json_of(const dsl::Slot& slot);
std::optional<dsl::Slot> slot_of(const Json& json);

/// Seconds from 1970-01-01 as `2026-11-23T14:03:00Z`; a moment outside whole seconds is cut.
std::string moment_text(std::chrono::system_clock::time_point moment);
std::optional<std::chrono::system_clock::time_point> moment_of(std::string_view text);

/// A member; nullptr if it is not there or `object` is none.
const Json* find(const Json& object, const char* name);
/// A member's text or number; empty or 0 if it is not there or another type.
std::string text_in(const Json& object, const char* name);
std::uint64_t number_in(const Json& object, const char* name);
/// Whether a member is `true`.
bool flag_in(const Json& object, const char* name);

}  // namespace gopol::engine::detail
