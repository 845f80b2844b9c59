#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "engine/host/host.h"

namespace gopol::engine {

/// Whether a plugin keeps one law of the protocol.
struct Verdict {
  std::string law;     ///< `text: undo after set is identity`
  std::string broken;  ///< how it is broken; empty: it holds
};

struct Conformance {
  std::string program, family;
  std::vector<Verdict> verdicts;
  bool has_undo = true;  ///< without, its changes are irreversible
};

/// Tries every plugin of a folder: what it is asked twice it answers alike, and writes nothing;
/// what it set it then sees; setting it twice changes nothing; undo after set is identity. `home`
/// is an empty folder, the HOME of what `host` starts: there files are compared too. In `errors`:
/// those that did not load.
std::vector<Conformance> try_plugins(const Path& folder, const Path& home, Host& host,
                                     std::chrono::milliseconds deadline, dsl::Diagnostics& errors);

}  // namespace gopol::engine
