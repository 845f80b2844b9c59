#pragma once

#include <optional>
#include <string_view>

#include "providers/read/plist_tree.h"

namespace gopol::providers {

/// Whether these are the bytes of a binary property list, as macOS keeps receipts and preferences.
bool is_binary_plist(std::string_view bytes);

/// Returns nullopt if it is damaged. Source: CoreFoundation's CFBinaryPList.c.
std::optional<PlistNode> binary_plist_tree(std::string_view bytes);

}  // namespace gopol::providers
