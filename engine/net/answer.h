#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "dsl/value/diagnostic.h"
#include "engine/encoding/json.h"

namespace gopol::engine::net {

using detail::Json;

/// What goes back on standard output, a line each. If nobody reads any more, the work is stopped.
void say_ok(const Json& answer);
void say_error(const dsl::Diagnostic& why);
/// The whole line that `say_error` writes.
std::string error_line(const dsl::Diagnostic& why);
/// At most ten a second, and the last one.
void say_progress(std::uint64_t done, std::uint64_t total, std::string_view what);

/// R4002, the code of all that a machine or a network refuses.
dsl::Diagnostic trouble(std::string message, std::string help = {});
/// R4007: nobody answered, which says nothing of what was asked for.
dsl::Diagnostic unreachable(std::string message, std::string help = {});

}  // namespace gopol::engine::net
