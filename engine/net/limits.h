#pragma once

#include <cstddef>

#include "dsl/value/diagnostic.h"

namespace gopol::engine::net {

/// Holds this program to so much memory of its own, to files of 1 GiB, and to no core dump, which
/// could hold a password. What strangers send can ask for more; then an allocation fails. macOS
/// does not enforce the first.
void limit_ourselves(std::size_t most_memory);

/// Of what is known to be no larger, so much more may be used.
void allow_memory(std::size_t more);

/// R4002: the limit was met.
dsl::Diagnostic out_of_memory();

}  // namespace gopol::engine::net
