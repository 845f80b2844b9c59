#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gopol::providers {

/// The text at `key` in the top dictionary of a property list, binary or XML. Returns nullopt if
/// there is none, or the list is damaged.
std::optional<std::string> plist_string(std::string_view plist, std::string_view key);

/// The same of an array of texts; one text is an array of one.
std::optional<std::vector<std::string>> plist_strings(std::string_view plist, std::string_view key);

}  // namespace gopol::providers
