#pragma once

// For .cpp files alone, as the JSON that it carries.
#include <chrono>
#include <cstddef>

#include "engine/encoding/json.h"
#include "engine/real/real_network.h"

namespace gopol::engine {

/// One request to gopol-net, without what is told each time.
struct NetCall {
  detail::Json request;
  Path program = {};         ///< empty: gopol-net
  bool credentials = false;  ///< it may ask for a token, an agent or git's helpers
  std::chrono::milliseconds deadline{0};
  std::size_t longest_line = 1 << 20;  ///< bytes of an answer
};

/// Where gopol-git is, and how many milliseconds it waits for a silent server.
Path git_program(const NetSettings& settings);
std::uint64_t patience_of(const NetSettings& settings);

/// Starts the program, hands on its progress, gives what stands below `ok`. Errors: its own,
/// or that it ended without an answer.
Result<detail::Json> ask_net(const NetSettings& settings, NetCall call,
                             const OnProgress& on_progress);

}  // namespace gopol::engine
