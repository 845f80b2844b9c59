#include "engine/net/entry_name.h"

#include <algorithm>
#include <vector>

namespace gopol::engine::net {
namespace {

std::vector<std::string_view> parts_of(std::string_view path) {
  std::vector<std::string_view> out;
  while (true) {
    const std::size_t slash = path.find('/');
    out.push_back(path.substr(0, slash));
    if (slash == std::string_view::npos) return out;
    path.remove_prefix(slash + 1);
  }
}

}  // namespace

std::string wrong_name(std::string_view name) {
  if (name.starts_with('/')) return "an absolute path";
  if (name.ends_with('/')) name.remove_suffix(1);
  const auto parts = parts_of(name);
  for (const std::string_view part : parts) {
    if (part == "..") return "a path with `..`";
    if (part.empty() || part == ".") return "a path with an empty part";
  }
  return parts.front() == "go" ? "" : "a path outside of `go/`";
}

// `..` behind a name could step over another link: then the text would not show where it leads.
std::string wrong_target(std::string_view name, std::string_view target) {
  if (target.empty() || target.starts_with('/')) return "a link to an absolute path";
  if (name.ends_with('/')) name.remove_suffix(1);
  const auto parts = parts_of(target);
  const auto down =
      std::find_if(parts.begin(), parts.end(), [](const auto& part) { return part != ".."; });
  if (std::find(down, parts.end(), "..") != parts.end()) return "a link that goes down and up";
  const auto up = down - parts.begin();
  const auto depth = std::count(name.begin(), name.end(), '/');  // folders it lies in, `go` too
  return up < depth ? "" : "a link that leaves `go/`";
}

}  // namespace gopol::engine::net
