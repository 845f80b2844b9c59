#pragma once

#include <string_view>

namespace gopol::providers::lint {

/// The parts of an element of GOPROXY that lints ask about; all empty for `direct` and `off`.
struct ProxyAddress {
  std::string_view scheme, user, host;  ///< `user` with its password, `host` without port
  bool is_network() const { return !host.empty(); }
};

ProxyAddress parse_address(std::string_view text);

bool is_loopback(std::string_view host);

}  // namespace gopol::providers::lint
