#pragma once

#include <optional>
#include <string>

#include "providers/go/env/setting.h"
#include "providers/go/run/go_mod.h"

namespace gopol::providers::go {

/// What GO111MODULE makes of a folder.
struct ModuleMode {
  Setting setting;
  bool on = true;     ///< off: go.mod, go.work and GOTOOLCHAIN are not looked at
  std::string wrong;  ///< why every command but `go version` fails
};

/// Source: cmd/go/internal/modload.WillBeEnabled.
ModuleMode module_mode(const Variables& variables, const engine::Disk& disk,
                       const dsl::Path& folder);

/// A module that asks for a Go, with its file.
struct AskingModule {
  std::string go;     ///< 1.24
  std::string place;  ///< FILE or FILE:LINE
};

/// The module of a workspace whose `go` line is newer than that of go.work, which stops go.
/// Source: cmd/go/internal/modload.errWorkTooOld.
std::optional<AskingModule> newer_than_workspace(const engine::Host& host, const dsl::Path& work);

/// The file that `-modfile` in GOFLAGS puts in place of go.mod.
std::optional<dsl::Path> other_mod_file(const Variables& variables);

}  // namespace gopol::providers::go
