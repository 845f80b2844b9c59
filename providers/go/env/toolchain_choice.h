#pragma once

#include <string>
#include <string_view>

#include "dsl/value/result.h"

namespace gopol::providers::go {

/// What a go command does about another toolchain before it does anything else.
struct ToolchainChoice {
  bool local = true;
  std::string name;        ///< go1.22.2, if not local
  bool path_only = false;  ///< look it up in PATH, never download
  bool operator==(const ToolchainChoice&) const = default;
};

/// `setting` is GOTOOLCHAIN; `go_line` and `toolchain_line` are those of go.work or go.mod, empty
/// if there are none. Errors: an invalid GOTOOLCHAIN or toolchain line, in cmd/go's wording.
/// Source: cmd/go/internal/toolchain.Select.
dsl::Result<ToolchainChoice> choose_toolchain(std::string_view local, std::string_view setting,
                                              std::string_view go_line,
                                              std::string_view toolchain_line);

/// Whether a GOTOOLCHAIN value lets go.work and go.mod ask for more: auto, path, NAME+auto.
bool follows_modules(std::string_view setting);

/// Whether a GOTOOLCHAIN value is well formed, and not the name of a language version (KB017).
dsl::Result<dsl::Done> check_toolchain_setting(std::string_view setting);

}  // namespace gopol::providers::go
