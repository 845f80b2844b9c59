#pragma once

#include "dsl/value/result.h"
#include "engine/net/answer.h"

namespace gopol::engine::net {

/// What an http or https address answers to one GET: {"status","body","failure","offline"}, the
/// body cut off after 64 KiB. That nobody answers is an answer; an error is our own trouble.
dsl::Result<Json> probe(const Json& request);

}  // namespace gopol::engine::net
