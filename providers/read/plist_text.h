#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gopol::providers {

/// The text at NAME in the top dictionary of a property list, binary or XML. Of XML, the first
/// `<key>NAME</key>` counts, whatever holds it: enough for the flat files that gopol reads.
std::optional<std::string> plist_string(std::string_view plist, std::string_view key);

/// The same of an array of texts; one text is an array of one.
std::optional<std::vector<std::string>> plist_strings(std::string_view plist, std::string_view key);

/// `a &amp; b` is `a & b`.
std::string xml_unescaped(std::string_view text);

}  // namespace gopol::providers
