#pragma once

#include <string>

#include "dsl/value/result.h"
#include "engine/net/connection.h"

namespace gopol::engine::net {

/// What is looked for at a mirror.
struct Wish {
  std::string mirror, version, os, arch;
};

/// An archive as an index names it.
struct Listed {
  std::string file, sha256;  ///< the hash may be empty
};

/// Reads the mirror's index (go.dev/dl's JSON). `hash_is_known`: then a mirror without an index
/// will do, and the file has go.dev's usual name. Errors name what the mirror has instead.
dsl::Result<Listed> look_up(const Wish& wish, const Route& route, bool hash_is_known);

/// MIRROR/FILE, however the mirror ends.
std::string file_url(const std::string& mirror, const std::string& file);

}  // namespace gopol::engine::net
