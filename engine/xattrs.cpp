#include "engine/xattrs.h"

#include <sys/types.h>
#include <sys/xattr.h>

#include <cerrno>
#include <cstddef>
#include <string>
#include <string_view>

namespace gopol::engine {
namespace {

// macOS' calls take a position and options more.
#ifdef __APPLE__
ssize_t names_of(int file, char* out, std::size_t size) { return ::flistxattr(file, out, size, 0); }
ssize_t value_of(int file, const char* name, char* out, std::size_t size) {
  return ::fgetxattr(file, name, out, size, 0, 0);
}
int set_value(int file, const char* name, const std::string& value) {
  return ::fsetxattr(file, name, value.data(), value.size(), 0, 0);
}
#else
ssize_t names_of(int file, char* out, std::size_t size) { return ::flistxattr(file, out, size); }
ssize_t value_of(int file, const char* name, char* out, std::size_t size) {
  return ::fgetxattr(file, name, out, size);
}
int set_value(int file, const char* name, const std::string& value) {
  return ::fsetxattr(file, name, value.data(), value.size(), 0);
}
#endif

int copy_one(int from, int to, const char* name) {
  const ssize_t size = value_of(from, name, nullptr, 0);
  if (size < 0) return 0;  // gone, or not ours to read
  std::string value(static_cast<std::size_t>(size), '\0');
  const ssize_t got = value_of(from, name, value.data(), value.size());
  if (got < 0) return 0;
  value.resize(static_cast<std::size_t>(got));
  if (set_value(to, name, value) == 0) return 0;
  return errno == EPERM || errno == EACCES || errno == ENOTSUP ? 0 : errno;
}

}  // namespace

int copy_xattrs(int from, int to) {
  const ssize_t size = names_of(from, nullptr, 0);
  if (size <= 0) return 0;  // none, or a file system without them
  std::string names(static_cast<std::size_t>(size), '\0');
  const ssize_t got = names_of(from, names.data(), names.size());
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
