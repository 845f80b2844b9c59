#include <sys/xattr.h>

#include "engine/real/platform.h"

namespace gopol::engine::platform {

ssize_t xattr_names(int file, char* out, std::size_t size) { return ::flistxattr(file, out, size); }

ssize_t xattr(int file, const char* name, char* out, std::size_t size) {
  return ::fgetxattr(file, name, out, size);
}

int set_xattr(int file, const char* name, const std::string& value) {
  return ::fsetxattr(file, name, value.data(), value.size(), 0);
}

int remove_xattr(int file, const char* name) { return ::fremovexattr(file, name); }

}  // namespace gopol::engine::platform
