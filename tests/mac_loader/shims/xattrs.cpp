// `<sys/xattr.h>` of Darwin: a position and options more than here. Its names are free, those of a
// user here begin with `user.`.
#include <sys/xattr.h>

#include <cerrno>
#include <cstring>
#include <string>

#include "tests/mac_loader/image.h"
#include "tests/mac_loader/names.h"
#include "tests/mac_loader/shims/errors.h"

namespace gopol::mac_loader {
namespace {

const std::string prefix = "user.";

ssize_t list(int file, char* to, std::size_t size, int) {
  std::string names(65536, '\0');
  const ssize_t got = ::flistxattr(file, names.data(), names.size());
  if (got < 0) return got;
  std::string out;
  for (std::size_t at = 0; at < static_cast<std::size_t>(got);) {
    const std::string name(names.c_str() + at);
    at += name.size() + 1;
    if (name.starts_with(prefix)) out += name.substr(prefix.size()) + '\0';
  }
  if (to == nullptr) return static_cast<ssize_t>(out.size());
  if (out.size() > size) return fail(ERANGE);
  std::memcpy(to, out.data(), out.size());
  return static_cast<ssize_t>(out.size());
}

ssize_t get(int file, const char* name, void* to, std::size_t size, std::uint32_t position, int) {
  if (position != 0) stop("an extended attribute is read from its middle");
  return ::fgetxattr(file, (prefix + name).c_str(), to, to == nullptr ? 0 : size);
}

int set(int file, const char* name, const void* value, std::size_t size, std::uint32_t position,
        int options) {
  if (position != 0 || options != 0) stop("an extended attribute is written in an unknown way");
  return ::fsetxattr(file, (prefix + name).c_str(), value, size, 0);
}

int take(int file, const char* name, int options) {
  if (options != 0) stop("an extended attribute is removed in an unknown way");
  return ::fremovexattr(file, (prefix + name).c_str());
}

}  // namespace

void add_xattrs(Names& names) {
  names.add("_flistxattr", list);
  names.add("_fgetxattr", get);
  names.add("_fsetxattr", set);
  names.add("_fremovexattr", take);
}

}  // namespace gopol::mac_loader
