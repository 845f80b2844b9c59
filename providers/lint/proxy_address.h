#pragma once

#include <string_view>

#include "dsl/value/address.h"

namespace gopol::providers::lint {

/// The parts of an element of GOPROXY; all empty for `direct` and `off`.
inline dsl::Address parse_address(std::string_view text) {
  return dsl::split_address(text).value_or(dsl::Address{});
}

bool is_loopback(std::string_view host);

}  // namespace gopol::providers::lint
