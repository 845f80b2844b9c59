#pragma once

#include <string>
#include <string_view>

#include "engine/plan/provider.h"

namespace gopol::providers::go {

/// Everything about one toolchain that a change asks for, decided.
struct ToolchainWish {
  std::string version;  ///< bare: 1.22.2
  std::string release;  ///< as go.dev calls it: go1.22.2; for 1.20.0 go1.20
  std::string os, arch;
  dsl::Path directory;
  dsl::Path link;           ///< empty: it has none
  bool is_there = false;    ///< the directory holds exactly that
  bool is_damaged = false;  ///< it held that; gopol's own, it is unpacked anew
  std::string sha256;       ///< empty: the mirror's index has it
  std::string note;         ///< where the hash comes from, for the plan
};

/// The link of a policy's inputs, else gopol's own.
dsl::Path link_or_default(const dsl::Value* input, const engine::System& system);

/// A managed tree may have a version's name as key: `1.25`, `1.22.2`.
bool is_version_key(std::string_view key);
/// Where it lies: of a language version the newest of gopol's own trees that is one.
dsl::Path tree_of_version(const std::string& key, const engine::Host& host);

/// Reads files alone. Errors: no version, none in range, no hash to trust, something else at the
/// directory or the link.
dsl::Result<ToolchainWish> toolchain_wish(const engine::Change& change,
                                          const engine::Settings& settings,
                                          const engine::Host& host);

}  // namespace gopol::providers::go
