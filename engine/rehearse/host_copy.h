#pragma once

#include "engine/host/host.h"

namespace gopol::engine {

/// What was asked of a copy that only the machine itself could have done.
struct CopyLog {
  bool wanted_program = false;  ///< a program that may change the machine
  bool wanted_archive = false;  ///< something from the network
  /// Something was read that differs from the machine, or may. Whoever wants to know clears it
  /// first.
  mutable bool saw_change = false;
};

/// A machine to try changes on: shows `host`, keeps all that is written to itself, and starts no
/// program that may write. Nothing of `host` is changed. Both must outlive it.
Host copy_of(const Host& host, CopyLog& log);

}  // namespace gopol::engine
