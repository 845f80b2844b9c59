#include "providers/go/module/module_looks.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "providers/go/env/glob.h"

namespace gopol::providers::go {
namespace {

// RFC 2606, RFC 6761, RFC 6762, RFC 8375, ICANN's reserved `.internal`, and suffixes that were
// never delegated and are used inside companies.
constexpr std::string_view inner_suffixes[] = {
    ".corp", ".example", ".home",      ".home.arpa",   ".internal", ".intranet", ".invalid",
    ".lan",  ".local",   ".localhost", ".localdomain", ".private",  ".test"};

bool is_private_address(std::string_view host) {
  if (host == "localhost" || host.starts_with("127.") || host.starts_with("10.") ||
      host.starts_with("192.168."))
    return true;
  if (!host.starts_with("172.") || host.size() < 7) return false;
  const std::string_view second = host.substr(4, 3);  // 16. to 31.
  return second.size() == 3 && second[2] == '.' && second >= "16." && second <= "31.";
}

}  // namespace

Look look_at(std::string_view path, const RouteKnowledge& knowledge) {
  for (const std::string& pattern : knowledge.private_patterns) {
    if (match_prefix_patterns(pattern, path))
      return {Looks::private_path, fmt::format("the policy calls `{}` private", pattern), pattern};
  }
  const std::string host(path.substr(0, path.find('/')));
  const auto* const suffix =
      std::find_if(std::begin(inner_suffixes), std::end(inner_suffixes),
                   [&](std::string_view one) { return host.ends_with(one); });
  if (suffix != std::end(inner_suffixes))
    return {Looks::private_path, fmt::format("no public host ends in `{}`", *suffix), host};
  if (is_private_address(host))
    return {Looks::private_path, fmt::format("`{}` is no public address", host), host};
  const auto& hosts = knowledge.public_hosts;
  if (std::find(hosts.begin(), hosts.end(), host) != hosts.end()) {
    return {Looks::public_host,
            fmt::format("everybody may ask {}; a private repository there does not show", host),
            ""};
  }
  return {Looks::unclear, fmt::format("whether {} is private does not show", host), ""};
}

}  // namespace gopol::providers::go
