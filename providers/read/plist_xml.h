#pragma once

#include <optional>
#include <string_view>

#include "providers/read/plist_tree.h"

namespace gopol::providers {

/// An XML property list. Returns nullopt if it is damaged, deeper than `deepest_plist`, or declares
/// entities or anything else of its own: Apple's lists name their document type and no more.
std::optional<PlistNode> xml_plist_tree(std::string_view xml);

}  // namespace gopol::providers
