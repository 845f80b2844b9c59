#pragma once

// For .cpp files alone, as the JSON that it carries.
#include <chrono>
#include <cstddef>

#include "engine/detail/json.h"
#include "engine/net_client.h"

namespace gopol::engine {

/// One request to gopol-net, without what is told each time.
struct NetCall {
  detail::Json request;
  std::chrono::milliseconds deadline{0};
  std::size_t longest_line = 1 << 20;  ///< bytes of an answer
};

/// Starts gopol-net, hands on its progress, gives what stands below `ok`. Errors: gopol-net's own,
/// or that it ended without an answer.
Result<detail::Json> ask_net(const NetSettings& settings, NetCall call,
                             const OnProgress& on_progress);

}  // namespace gopol::engine
