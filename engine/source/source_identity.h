#pragma once

#include <string>
#include <string_view>

#include "engine/host/host.h"

namespace gopol::engine {

/// Which source is meant, however gopol.toml spells it.
struct SourceIdentity {
  std::string repository;  ///< canonical (engine/encoding/repository_address.h)
  std::string resolved;    ///< the folder behind all links; of another machine the same
  std::string path;        ///< of the policy; empty: the one at the top
};

SourceIdentity identity_of(const Disk& disk, std::string_view url, std::string_view path);

/// The folder behind all links, also if nothing is there now; any other address as it is.
std::string resolved_repository(const Disk& disk, const std::string& canonical);

}  // namespace gopol::engine
