#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "dsl/value/source.h"
#include "engine/host/host.h"
#include "engine/recorded/recorded_system.h"

namespace gopol::engine {

/// What the machine's sudo says to its user. Nothing: the machine's own files decide.
enum class SudoAnswer { granted, refused, missing };

/// All that `machine.toml` says: platform, machine, host_name, now, [user], [environment],
/// [sysctl], [network] reaches and answers.
struct MachineFile {
  RecordedMachine system;
  std::optional<SudoAnswer> sudo;  ///< of [user]
  std::vector<std::pair<std::string, bool>> reaches;
  std::vector<std::pair<std::string, HttpAnswer>> answers;  ///< by address
};

Result<MachineFile> parse_machine_file(dsl::SourceId source, const dsl::SourceMap& sources);

}  // namespace gopol::engine
