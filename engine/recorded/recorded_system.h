#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "engine/host/host.h"

namespace gopol::engine {

/// What `machine.toml` says; it never asks this machine, its clock included.
struct RecordedMachine {
  std::string platform, machine, host_name, user_name, user_shell;
  User user;
  std::chrono::system_clock::time_point now;
  std::vector<std::pair<std::string, std::string>> environment, sysctls;
};
std::unique_ptr<System> recorded_system(RecordedMachine machine);

}  // namespace gopol::engine
