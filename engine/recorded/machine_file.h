#pragma once

#include <string>
#include <utility>
#include <vector>

#include "dsl/value/source.h"
#include "engine/host/host.h"
#include "engine/recorded/recorded_system.h"

namespace gopol::engine {

/// All that `machine.toml` says: platform, machine, host_name, now, [user], [environment],
/// [sysctl], [network] reaches and answers.
struct MachineFile {
  RecordedMachine system;
  std::vector<std::pair<std::string, bool>> reaches;
  std::vector<std::pair<std::string, HttpAnswer>> answers;  ///< by address
};

Result<MachineFile> parse_machine_file(dsl::SourceId source, const dsl::SourceMap& sources);

}  // namespace gopol::engine
