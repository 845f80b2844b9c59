#pragma once

#include <chrono>
#include <string_view>

#include "engine/host/host.h"
#include "engine/real/descriptor.h"

namespace gopol::engine {

/// Held for as long as this run, or a program that it started to change something, may change the
/// machine: one run at a time. The kernel takes the lock of dead processes back, so none is ever
/// stale. Two locks: on the state folder itself, which nobody removes under a run without taking
/// its records too; and on a file in it, which tells who has it.
class RunLock {
 public:
  /// `state` is the real state folder. R4101 names the process that has it, its command and its
  /// age.
  static Result<RunLock> take(const Path& state, std::string_view command,
                              std::chrono::system_clock::time_point now);

 public:
  RunLock(RunLock&&) noexcept = default;
  RunLock& operator=(RunLock&&) noexcept = default;
  ~RunLock();

 private:
  RunLock(Descriptor folder, Descriptor file);
  Descriptor folder_, file_;
};

}  // namespace gopol::engine
