#pragma once

#include <string>
#include <utility>
#include <vector>

#include "dsl/source.h"
#include "engine/recorded_system.h"

namespace gopol::engine {

/// All that `machine.toml` says: platform, machine, host_name, now, [user], [environment],
/// [sysctl], [network] reaches.
struct MachineFile {
  RecordedMachine system;
  std::vector<std::pair<std::string, bool>> reaches;
};

Result<MachineFile> parse_machine_file(dsl::SourceId source, const dsl::SourceMap& sources);

}  // namespace gopol::engine
