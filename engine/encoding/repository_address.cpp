#include "engine/encoding/repository_address.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "dsl/value/address.h"
#include "dsl/value/ascii.h"

namespace gopol::engine {
namespace {

struct Scheme {
  std::string_view name, port;
};
constexpr Scheme schemes[] = {{"https", "443"}, {"http", "80"}, {"ssh", "22"}, {"git", "9418"}};

std::vector<std::string_view> parts_of(std::string_view path) {
  std::vector<std::string_view> out;
  while (!path.empty()) {
    const std::size_t end = std::min(path.find('/'), path.size());
    const std::string_view part = path.substr(0, end);
    path.remove_prefix(std::min(path.size(), end + 1));
    if (part == ".." && !out.empty()) out.pop_back();
    if (!part.empty() && part != "." && part != "..") out.push_back(part);
  }
  return out;
}

std::string joined(const std::vector<std::string_view>& parts, std::string out) {
  for (const std::string_view part : parts) {
    if (!out.empty() && !out.ends_with('/')) out += '/';
    out += part;
  }
  return out;
}

/// `/srv/team/.git` is the repository of `/srv/team`.
std::string folder(std::string_view path) {
  auto parts = parts_of(path);
  while (!parts.empty() && parts.back() == ".git") parts.pop_back();
  return joined(parts, "/");
}

/// In lower case, without the root's dot and the scheme's `own` port.
std::string place_of(std::string_view host, std::string_view port, std::string_view own) {
  std::string out = dsl::lowered(host);
  while (out.ends_with('.')) out.pop_back();
  port.remove_prefix(std::min(port.find_first_not_of('0'), port.size()));
  return port.empty() || port == own ? out : out + ":" + std::string(port);
}

std::string remote(std::string place, std::string_view path) {
  const std::string plain = dsl::percent_decoded(path.substr(0, path.find_first_of("?#")));
  std::string out = joined(parts_of(plain), std::move(place));
  if (out.ends_with(".git") && !out.ends_with("/.git")) out.resize(out.size() - 4);
  return out;
}

}  // namespace

std::string canonical_repository(std::string_view url) {
  if (url.starts_with('/')) return folder(url);
  if (const auto address = dsl::split_address(url)) {
    const std::string scheme = dsl::lowered(address->scheme);
    if (scheme == "file") return folder(dsl::percent_decoded(url.substr(scheme.size() + 3)));
    for (const Scheme& known : schemes) {
      if (scheme == known.name)
        return remote(place_of(address->host, address->port, known.port), address->rest);
    }
  }
  const std::size_t colon = url.find(':');
  if (colon == url.npos || url.find('/') < colon) return std::string(url);  // as git tells them
  const std::string_view host = url.substr(0, colon);
  return remote(place_of(host.substr(host.rfind('@') + 1), "", ""), url.substr(colon + 1));
}

std::string canonical_path(std::string_view path) { return joined(parts_of(path), ""); }

}  // namespace gopol::engine
