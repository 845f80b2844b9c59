#pragma once

#include <string>

#include "engine/host/host.h"
#include "providers/go/env/setting.h"

namespace gopol::providers::go {

/// What stands for go in a version manager's folder of shims and chooses one when it is started.
struct Shim {
  std::string manager;  ///< goenv, asdf, mise; empty: a script of somebody else's
};

/// Nothing if the program is a go itself, as far as its first bytes tell.
std::optional<Shim> shim_of(const engine::Host& host, const dsl::Path& program);

/// Which Go a shim starts in a folder, and what says so.
struct ShimChoice {
  std::string version;  ///< as it is written: `1.22.2`, `1.22`, `system`
  std::string place;    ///< FILE:LINE, or a variable; empty: nothing says, so `system`
  dsl::Value tree;      ///< its GOROOT; Absent: not installed; Unknown
};

/// Source: the manuals of goenv ("Choosing the Go Version"), asdf (`.tool-versions`, `.asdfrc`) and
/// mise ("Configuration").
ShimChoice shim_choice(const Shim& shim, const dsl::Path& folder, const Variables& variables,
                       const engine::Host& host);

}  // namespace gopol::providers::go
