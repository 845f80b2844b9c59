#pragma once

#include "dsl/value/source.h"
#include "engine/host/host.h"
#include "engine/real/real_network.h"
#include "engine/recorded/machine_file.h"

namespace gopol::engine {

struct RecordedOptions {
  bool writes = false;    ///< false: for planning; the folder is read where it is
  bool in_place = false;  ///< change the folder itself, not a scratch copy of it
  NetSettings net = {};   ///< for archives; `root` is filled in
  OnProgress on_progress = nullptr;
  std::optional<SudoAnswer>* sudo = nullptr;  ///< filled in with what machine.toml says of it
};

/// A recorded machine as a host: `machine.toml`, `root/` and `tools/` of `folder`. What changes is
/// a scratch copy, gone with the host, unless told otherwise. Errors: no such machine; C5001 to
/// C5004 in its machine.toml, with a place in `sources`.
Result<Host> recorded_host(const Path& folder, const RecordedOptions& options,
                           dsl::SourceMap& sources);

}  // namespace gopol::engine
