#include "engine/encoding/repository_address.h"

#include <algorithm>
#include <vector>

namespace gopol::engine {
namespace {

struct Scheme {
  std::string_view name, port;
};
constexpr Scheme schemes[] = {
    {"https://", "443"}, {"http://", "80"}, {"ssh://", "22"}, {"git://", "9418"}};

int digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  c |= 0x20;
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

std::string unescaped(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool escape =
        text[i] == '%' && i + 2 < text.size() && digit(text[i + 1]) >= 0 && digit(text[i + 2]) >= 0;
    out += escape ? static_cast<char>(digit(text[i + 1]) * 16 + digit(text[i + 2])) : text[i];
    if (escape) i += 2;
  }
  return out;
}

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

/// `host` is lower-case, without user, the scheme's own port and the root's dot.
std::string host_of(std::string_view authority, std::string_view port) {
  authority.remove_prefix(authority.rfind('@') + 1);
  std::string out(authority);
  const std::size_t colon = out.rfind(':');
  const bool is_number = colon != out.npos && out.find(']', colon) == out.npos;
  std::string number = is_number ? out.substr(colon + 1) : "";
  if (is_number) out.resize(colon);
  number.erase(0, std::min(number.find_first_not_of('0'), number.size()));
  while (out.ends_with('.')) out.pop_back();
  std::transform(out.begin(), out.end(), out.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; });
  return number.empty() || number == port ? out : out + ":" + number;
}

std::string remote(std::string_view authority, std::string_view path, std::string_view port) {
  const std::string plain = unescaped(path.substr(0, path.find_first_of("?#")));
  std::string out = joined(parts_of(plain), host_of(authority, port));
  if (out.ends_with(".git") && !out.ends_with("/.git")) out.resize(out.size() - 4);
  return out;
}

bool same_start(std::string_view text, std::string_view start) {
  return text.size() >= start.size() &&
         std::equal(start.begin(), start.end(), text.begin(), [](char a, char b) {
           return a == (b >= 'A' && b <= 'Z' ? static_cast<char>(b | 0x20) : b);
         });
}

}  // namespace

std::string canonical_repository(std::string_view url) {
  if (url.starts_with('/')) return folder(url);
  if (same_start(url, "file://")) return folder(unescaped(url.substr(7)));
  for (const Scheme& scheme : schemes) {
    if (!same_start(url, scheme.name)) continue;
    url.remove_prefix(scheme.name.size());
    const std::size_t end = std::min(url.find_first_of("/?#"), url.size());
    return remote(url.substr(0, end), url.substr(end), scheme.port);
  }
  const std::size_t colon = url.find(':');
  if (colon == url.npos || url.find('/') < colon) return std::string(url);  // as git tells them
  return remote(url.substr(0, colon), url.substr(colon + 1), "");
}

std::string canonical_path(std::string_view path) { return joined(parts_of(path), ""); }

}  // namespace gopol::engine
