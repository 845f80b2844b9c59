#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>

namespace gopol::engine::detail {

/// Texts that stand in files of their own, by their SHA-256. What is written elsewhere says where
/// in them its own texts lie, and so holds no copy.
using TextsApart = std::map<std::string, std::string>;

void add_text(TextsApart& apart, std::string bytes);

/// Finds one by its name; nullopt: it is not kept any more.
using FetchText = std::function<std::optional<std::string>(const std::string& sha256)>;

}  // namespace gopol::engine::detail
