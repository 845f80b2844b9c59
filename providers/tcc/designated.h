#pragma once

#include <string>

#include "dsl/value/result.h"
#include "engine/host/host.h"

namespace gopol::providers::tcc {

/// How others shall know a client, as a profile has to say it.
struct Designated {
  std::string requirement;      ///< as `codesign -d -r-` prints it
  bool dies_on_change = false;  ///< it names hashes: every upgrade or rebuild makes it useless
};

/// From the installed program: the requirement in its signature; the name, of what Apple seals; its
/// hashes, if nobody signed it; else codesign is asked. Errors (R4002): it is not installed, not
/// signed, or several installed ones differ. Source: drmaker.cpp.
dsl::Result<Designated> designated_requirement(const std::string& client, const engine::Host& host);

}  // namespace gopol::providers::tcc
