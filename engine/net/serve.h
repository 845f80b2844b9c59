#pragma once

#include <span>
#include <string_view>

#include "dsl/value/result.h"
#include "engine/net/answer.h"

namespace gopol::engine::net {

/// A kind of request, and what answers it.
struct Service {
  std::string_view name;
  dsl::Result<Json> (*answer)(const Json& request);
};

/// Reads one request from standard input, see engine/real/real_network.h, and answers it by the one
/// of `services` that it names. Exit codes: 0 done, 1 the answer is an error, 70 a fault of this
/// program.
int serve(std::span<const Service> services);

}  // namespace gopol::engine::net
