#pragma once

#include <string>

#include "engine/host/host.h"

namespace gopol::providers::go {

/// What a folder says about the Go in it, from its files alone.
struct GoTree {
  dsl::Value version;  ///< Absent: no Go here; Unknown: `devel …`, or it cannot be read
  dsl::Value
      arch;  ///< of bin/go: `arm64`, `amd64`; Absent: no bin/go; Unknown: neither Mach-O nor ELF
  std::string name;  ///< line 1 of VERSION, as it stands: `go1.22.2`
};

GoTree read_tree(const engine::Disk& disk, const dsl::Path& root);

/// Whether the tree is that release for that processor, ready to run.
bool is_release(const GoTree& tree, const std::string& release, const std::string& arch);

/// Whether a Go lies in a folder, as go asks it of GOROOT. Source: go/src/cmd/go/main.go.
bool holds_go(const engine::Host& host, const dsl::Path& root);

/// What this machine's own programs are built for: `arm64` or `amd64`, also inside a translated
/// shell; empty if it is neither.
std::string native_arch(const engine::System& system);

}  // namespace gopol::providers::go
