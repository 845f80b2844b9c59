#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "providers/read/plist_tree.h"

namespace gopol::providers {

/// Whether these are the bytes of a binary property list, as macOS keeps receipts and preferences.
bool is_binary_plist(std::string_view bytes);

/// What the top dictionary has at `key`: one text, or the texts of an array. Nothing: no such key,
/// another type, or a damaged list. Source: CoreFoundation's CFBinaryPList.c.
std::optional<std::vector<std::string>> binary_plist_texts(std::string_view bytes,
                                                           std::string_view key);

/// All of it. Nothing: damaged.
std::optional<PlistNode> binary_plist_tree(std::string_view bytes);

}  // namespace gopol::providers
