#pragma once

#include "engine/plan/provider.h"

namespace gopol::engine {

/// What is known of a change that is made on a copy of the machine.
enum class Foresight { all, unknown };

/// A provider that can tell what it does beside its edits. Of any other that is unknown.
class Foreseeing {
 public:
  virtual ~Foreseeing() = default;
  /// Does to a copy of the machine, on which the edits are made already and no program runs, what
  /// `apply` would do to the machine. Errors: those that `apply` would end with.
  virtual Result<Foresight> rehearse(const Change& change, Host& copy) const = 0;
};

}  // namespace gopol::engine
