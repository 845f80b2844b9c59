#include "engine/real/xattrs.h"

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "engine/real/platform.h"

namespace gopol::engine {
namespace {

std::vector<std::string> names_of(int file) {
  std::vector<std::string> out;
  const ssize_t size = platform::xattr_names(file, nullptr, 0);
  if (size <= 0) return out;  // none, or a file system without them
  std::string names(static_cast<std::size_t>(size), '\0');
  const ssize_t got = platform::xattr_names(file, names.data(), names.size());
  if (got < 0) return out;
  names.resize(static_cast<std::size_t>(got));
  for (std::size_t at = 0; at < names.size(); at += out.back().size() + 1)
    out.emplace_back(names.c_str() + at);
  std::sort(out.begin(), out.end());
  return out;
}

/// nullopt: gone, or not ours to read.
std::optional<std::string> value_of(int file, const std::string& name) {
  const ssize_t size = platform::xattr(file, name.c_str(), nullptr, 0);
  if (size < 0) return {};
  std::string out(static_cast<std::size_t>(size), '\0');
  const ssize_t got = platform::xattr(file, name.c_str(), out.data(), out.size());
  if (got < 0) return {};
  out.resize(static_cast<std::size_t>(got));
  return out;
}

/// Of a call that failed: 0 if it was about what is not ours.
int unless_not_ours(int error) {
  return error == EPERM || error == EACCES || error == ENOTSUP ? 0 : error;
}

/// The system gives these to a new file by rules of its own.
bool is_of_the_system(std::string_view name) {
  return name.starts_with("security.") || name.starts_with("trusted.");
}

}  // namespace

std::vector<Xattr> xattrs_of(int file) {
  std::vector<Xattr> out;
  for (std::string& name : names_of(file)) {
    if (auto value = value_of(file, name)) out.push_back({std::move(name), std::move(*value)});
  }
  return out;
}

int give_xattrs(int file, const std::vector<Xattr>& want) {
  for (const Xattr& one : want) {
    if (value_of(file, one.name) == one.value) continue;
    if (platform::set_xattr(file, one.name.c_str(), one.value) == 0) continue;
    if (const int error = unless_not_ours(errno)) return error;
  }
  return 0;
}

int set_xattrs(int file, const std::vector<Xattr>& want) {
  for (const std::string& name : names_of(file)) {
    const bool stays =
        is_of_the_system(name) ||
        std::any_of(want.begin(), want.end(), [&](const Xattr& one) { return one.name == name; });
    if (stays || platform::remove_xattr(file, name.c_str()) == 0) continue;
    if (const int error = unless_not_ours(errno)) return error;
  }
  return give_xattrs(file, want);
}

}  // namespace gopol::engine
