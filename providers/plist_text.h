#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace gopol::providers {

/// The `<string>` that follows `<key>NAME</key>` in an XML property list. Enough for the files that
/// macOS always writes as XML with texts only (SystemVersion.plist); no other form is understood.
std::optional<std::string> plist_string(std::string_view xml, std::string_view key);

}  // namespace gopol::providers
