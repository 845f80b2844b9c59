#pragma once

#include <string>
#include <vector>

#include "engine/plan/provider.h"

namespace gopol::providers::brew {

/// One Homebrew: all of it is below its prefix.
struct Prefix {
  dsl::Path path;
  std::string arch;         ///< what its programs are built for; a word of cpu.arch
  bool translated = false;  ///< brew, started as this program is, would run under Rosetta
};

/// Where a Homebrew is looked for, for a text.
inline constexpr const char* brew_places =
    "the usual prefixes, ~/homebrew, ~/.linuxbrew, HOMEBREW_PREFIX and PATH";

/// Every Homebrew that was found there, the native one of the usual prefixes first: a Mac may have
/// two.
struct Prefixes {
  std::vector<Prefix> all;
  dsl::Value trouble = {};  ///< Unknown: a place cannot be looked at
};

/// Decided by PREFIX/bin/brew, in an unusual place also by what is beside it. Where that link of
/// /usr/local leads is not looked at.
Prefixes prefixes(const engine::Host& host);

/// How to start a prefix's brew natively and as whom: brew refuses root, and a processor that its
/// prefix is not for.
dsl::Result<engine::Output> run_brew(const Prefix& prefix, std::vector<std::string> arguments,
                                     engine::Host& host);

/// Whether only root can become who owns the prefix.
bool needs_other_user(const Prefix& prefix, const engine::Host& host);

}  // namespace gopol::providers::brew
