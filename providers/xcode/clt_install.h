#pragma once

#include "dsl/policy/allowed.h"
#include "engine/host/host.h"

namespace gopol::providers::xcode {

/// Installs the newest Command Line Tools of Software Update that are allowed, as root, by their
/// one exact label. Whether they are there then is for the caller to see: softwareupdate's status
/// is no proof. Gives the last line that it said. Errors: no such offer; no network; sudo refuses.
dsl::Result<std::string> install_clt(const dsl::Allowed& allowed, engine::Host& host);

}  // namespace gopol::providers::xcode
