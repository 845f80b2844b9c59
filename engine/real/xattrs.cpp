#include "engine/real/xattrs.h"

#include <cerrno>
#include <cstddef>
#include <string>
#include <string_view>

#include "engine/real/platform.h"

namespace gopol::engine {
namespace {

int copy_one(int from, int to, const char* name) {
  const ssize_t size = platform::xattr(from, name, nullptr, 0);
  if (size < 0) return 0;  // gone, or not ours to read
  std::string value(static_cast<std::size_t>(size), '\0');
  const ssize_t got = platform::xattr(from, name, value.data(), value.size());
  if (got < 0) return 0;
  value.resize(static_cast<std::size_t>(got));
  if (platform::set_xattr(to, name, value) == 0) return 0;
  return errno == EPERM || errno == EACCES || errno == ENOTSUP ? 0 : errno;
}

}  // namespace

int copy_xattrs(int from, int to) {
  const ssize_t size = platform::xattr_names(from, nullptr, 0);
  if (size <= 0) return 0;  // none, or a file system without them
  std::string names(static_cast<std::size_t>(size), '\0');
  const ssize_t got = platform::xattr_names(from, names.data(), names.size());
  if (got < 0) return 0;
  names.resize(static_cast<std::size_t>(got));
  for (std::size_t at = 0; at < names.size();) {
    const std::string_view name = names.c_str() + at;
    if (const int error = copy_one(from, to, name.data())) return error;
    at += name.size() + 1;
  }
  return 0;
}

}  // namespace gopol::engine
