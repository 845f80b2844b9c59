#pragma once

#include <string>
#include <vector>

#include "dsl/value/diagnostic.h"
#include "engine/plan/facts.h"

namespace gopol::providers {

/// Something that is not well on a machine, whatever a policy says.
struct Ailment {
  dsl::Severity severity = dsl::Severity::warning;
  std::string what;  ///< in one line
  std::string mend;  ///< what to do, a command where there is one; empty: nothing can be done
  /// Whether only somebody who may use sudo can do it.
  bool takes_administrator = false;
  /// The resources of a policy that mends it: `xcode.select { developer_dir = clt }`; empty: none
  /// does.
  std::string policy = {};
  engine::Slot about = {};  ///< the slot whose value it is; of no family: none's
  auto operator<=>(const Ailment&) const = default;
};

/// Where what is found is collected.
using Ailments = std::vector<Ailment>;

}  // namespace gopol::providers
