#pragma once

#include <chrono>
#include <string_view>

#include "engine/host/host.h"
#include "engine/real/descriptor.h"

namespace gopol::engine {

/// Held for as long as this run may change the machine: one run at a time. The kernel takes the
/// lock of a dead process back, so none is ever stale.
class RunLock {
 public:
  /// `state` is the real state folder. R4101 names the process that has it, its command and its
  /// age.
  static Result<RunLock> take(const Path& state, std::string_view command,
                              std::chrono::system_clock::time_point now);

 private:
  explicit RunLock(Descriptor file) : file_(std::move(file)) {}
  Descriptor file_;
};

}  // namespace gopol::engine
