#include "providers/lint/proxy_address.h"

namespace gopol::providers::lint {

bool is_loopback(std::string_view host) {
  return host == "localhost" || host.ends_with(".localhost") || host.starts_with("127.") ||
         host == "[::1]";
}

}  // namespace gopol::providers::lint
