#pragma once

#include <memory>

#include "engine/plan/provider.h"
#include "providers/git/config_text.h"

namespace gopol::providers::git {

/// git.config KEY: a variable of git in the user's own files.
std::unique_ptr<engine::Provider> config_provider();

/// Whether git runs what a value of the key names, or reads more configuration there. True for
/// every key that is not known to be harmless: git grows new ones.
bool runs_code(const ConfigKey& key);

}  // namespace gopol::providers::git
