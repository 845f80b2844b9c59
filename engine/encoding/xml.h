#pragma once

#include <string>
#include <string_view>

namespace gopol::engine {

/// A text as it stands in an element of XML 1.0: line ends and tabs are kept, other control bytes,
/// which XML cannot hold, become `?`.
std::string xml_text(std::string_view text);

/// The same between the double quotes of an attribute.
std::string xml_attribute(std::string_view text);

}  // namespace gopol::engine
