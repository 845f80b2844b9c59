#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/host/host.h"

namespace gopol::providers::go {

/// A file of that name in `folder`, else in the nearest folder above it. Errors of a disk count as
/// `not there`: go too goes on upward.
std::optional<dsl::Path> find_upward(const engine::Disk& disk, const dsl::Path& folder,
                                     std::string_view name);

/// What a line of go.mod or go.work says.
struct ModLine {
  std::string value;
  std::size_t number = 0;  ///< of the line, from 1
};

/// The first line that begins with `key` and a blank, without its comment: as go looks for `go` and
/// `toolchain` before it understands the rest. Source: internal/gover.GoModLookup.
std::optional<ModLine> mod_line(std::string_view text, std::string_view key);

/// The folders that the `use` lines of a go.work name, as they are written.
std::vector<std::string> used_modules(std::string_view work);

}  // namespace gopol::providers::go
