#pragma once

#include <string>
#include <string_view>

namespace gopol::engine::net {

/// What is wrong with an entry's name, in words; empty: it lies below `go/` and is spelled plainly.
std::string wrong_name(std::string_view name);

/// The same for a symlink's target: relative, `..` only in front, and never above `go/`.
std::string wrong_target(std::string_view name, std::string_view target);

}  // namespace gopol::engine::net
