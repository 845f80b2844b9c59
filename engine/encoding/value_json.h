#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "dsl/policy/allowed.h"
#include "dsl/value/value.h"

namespace gopol::engine {

/// The lossless JSON form of a value, on one line: `true`, `7`, `"text"`, {"version", "scheme"},
/// {"date"}, {"seconds"}, {"path"}, {"list"}, {"set"}, {"chain": [[text, separator]...]},
/// {"secret"},
/// {"absent": true}, {"unknown": reason, "remedy"}. Bytes that are not UTF-8 are {"base64"}.
std::string to_json(const dsl::Value& value);

/// Nothing if the text is no such form.
std::optional<dsl::Value> value_from_json(std::string_view text);

/// The lossless JSON form of what a policy permits, on one line.
std::string to_json(const dsl::Allowed& allowed);
/// Nothing if the text is no such form.
std::optional<dsl::Allowed> allowed_from_json(std::string_view text);

}  // namespace gopol::engine
