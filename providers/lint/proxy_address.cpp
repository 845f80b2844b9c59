#include "providers/lint/proxy_address.h"

namespace gopol::providers::lint {

ProxyAddress parse_address(std::string_view text) {
  ProxyAddress out;
  const std::size_t colon = text.find("://");
  if (colon == std::string_view::npos) return out;
  out.scheme = text.substr(0, colon);
  text.remove_prefix(colon + 3);
  std::string_view authority = text.substr(0, text.find_first_of("/?#"));
  if (const std::size_t at = authority.rfind('@'); at != std::string_view::npos) {
    out.user = authority.substr(0, at);
    authority.remove_prefix(at + 1);
  }
  const bool bracketed = authority.starts_with('[');
  out.host = authority.substr(0, bracketed ? authority.find(']') + 1 : authority.find(':'));
  return out;
}

bool is_loopback(std::string_view host) {
  return host == "localhost" || host.ends_with(".localhost") || host.starts_with("127.") ||
         host == "[::1]";
}

}  // namespace gopol::providers::lint
