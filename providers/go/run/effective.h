#pragma once

#include <string>
#include <vector>

#include "engine/host/host.h"
#include "providers/path/path.h"

namespace gopol::providers::go {

/// One thing that was asked on the way to the Go that runs, in order.
struct EffectiveLayer {
  std::string name;   ///< PATH, goenv, local go, process, user file, go.env, go.mod, …
  std::string says;   ///< in words
  std::string place;  ///< FILE or FILE:LINE; empty: there is none
  bool decides = false;
};

/// Where the Go that does the work comes from.
enum class GoSource { local, on_path, module_cache, download };

/// Which Go works in a folder when somebody types `go` in a login shell there, and why.
struct EffectiveGo {
  dsl::Value version;     ///< go 1.22.2; Absent: none, see `stops`; Unknown: with what prevents it
  dsl::Value program;     ///< its path; Absent: not on the machine yet, or none
  dsl::Path root;         ///< the GOROOT whose go.env counts; empty: not known
  std::string toolchain;  ///< its name: go1.22.2; empty unless `version` is known
  GoSource source = GoSource::local;
  std::string decided_by, place;  ///< the layer that decided, and where
  std::string stops;              ///< why no go works here, in words
  std::string fails;              ///< it runs, and every command but `go version` ends with this
  bool starts = true;             ///< false: its program takes Rosetta 2, which is not there
  std::vector<EffectiveLayer> layers;
  std::vector<std::string> notes;  ///< what else a user should know
};

std::string_view to_text(GoSource source);  ///< local, path, cache, download

/// From files alone; starts no process. Source: cmd/go/internal/toolchain.Select.
EffectiveGo effective_go(const engine::Host& host, const dsl::Path& folder);
/// The same in another session than a login shell's.
EffectiveGo effective_go(const engine::Host& host, const dsl::Path& folder,
                         shell::LoginPath session);

}  // namespace gopol::providers::go
