#pragma once

#include <functional>
#include <string>
#include <vector>

#include "engine/plan/provider.h"
#include "providers/tcc/evidence.h"
#include "providers/tcc/services.h"

namespace gopol::providers::tcc {

/// A conclusion and what led to it.
struct Conclusion {
  dsl::Value value;    ///< a word; the receivers that are allowed, as a list; or Unknown
  std::string origin;  ///< the file that decided
  std::vector<std::string> findings = {};
  bool is_stale = false;  ///< a row is there, of another program than the one on disk
};

/// What a profile decides: allowed, denied or handed_over; Absent: nothing; Unknown: what it says,
/// or of which program, cannot be told. `is_client`: whether the program on disk is the one that is
/// meant.
Conclusion profile_decision(const Service& service, const std::string& receiver,
                            const Source<std::vector<Override>>& overrides, int macos,
                            const std::function<Verdict(const Requirement&)>& is_client);

/// What a client may do now, from all that decides: a profile, the row, whether the row is still in
/// force, and whether the program on disk is the one that was meant. `allowed` only if all of it
/// is certain; `undetermined` where no decision is in force, so macOS would ask or refuse.
Conclusion weigh(const Service& service, const Evidence& evidence, const engine::Host& host);

}  // namespace gopol::providers::tcc
