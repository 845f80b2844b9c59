#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dsl/value/value.h"

namespace gopol::providers {

/// The text at `key` in the top dictionary of a property list, binary or XML. Returns nullopt if
/// there is none, or the list is damaged.
std::optional<std::string> plist_string(std::string_view plist, std::string_view key);

/// The same of an array of texts; one text is an array of one.
std::optional<std::vector<std::string>> plist_strings(std::string_view plist, std::string_view key);

/// The same as a Value: the text; Absent if the list has no such key; Unknown if it is damaged or
/// another kind of thing is there. `file` is named in the reason.
dsl::Value plist_value(std::string_view plist, std::string_view key, const dsl::Path& file);

/// Of a key that Apple always writes: Unknown also if it is missing.
dsl::Value needed_plist_value(std::string_view plist, std::string_view key, const dsl::Path& file);

}  // namespace gopol::providers
