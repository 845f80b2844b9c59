#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "dsl/value/result.h"
#include "engine/host/host.h"
#include "providers/macho/slices.h"

namespace gopol::providers::go {

/// What the Go linker writes into every program about how it was made.
struct BuildInfo {
  std::string go;       ///< go1.22.2
  std::string package;  ///< of the main package: github.com/go-delve/delve/cmd/dlv
  std::string module;   ///< the module that it is of; empty: none is written down
  std::string version;  ///< of the module: v1.22.1, or (devel)
};

/// From the bytes of the section, whose first 32 are a header. Nothing: damaged, or of a Go before
/// 1.18, which wrote addresses there. Source: debug/buildinfo, readRawBuildInfo.
std::optional<BuildInfo> parse_build_info(std::string_view section);

/// Of an ELF or a Mach-O file, of which only the parts that matter are read. Nothing: it is no
/// program of Go's. Errors (R4002): unreadable, or damaged.
dsl::Result<std::optional<BuildInfo>> read_build_info(const macho::Content& content);
dsl::Result<std::optional<BuildInfo>> read_build_info(const engine::Disk& disk,
                                                      const dsl::Path& file);

}  // namespace gopol::providers::go
