#include "engine/real/platform.h"

// Declared by hand: not every SDK has sys/xattr.h. A position and options more than Linux' calls.
// Source: listxattr(2), getxattr(2), setxattr(2), removexattr(2) of macOS.
extern "C" ssize_t flistxattr(int file, char* names, std::size_t size, int options);
extern "C" ssize_t fgetxattr(int file, const char* name, void* value, std::size_t size,
                             std::uint32_t position, int options);
extern "C" int fsetxattr(int file, const char* name, const void* value, std::size_t size,
                         std::uint32_t position, int options);
extern "C" int fremovexattr(int file, const char* name, int options);

namespace gopol::engine::platform {

ssize_t xattr_names(int file, char* out, std::size_t size) {
  return ::flistxattr(file, out, size, 0);
}

ssize_t xattr(int file, const char* name, char* out, std::size_t size) {
  return ::fgetxattr(file, name, out, size, 0, 0);
}

int set_xattr(int file, const char* name, const std::string& value) {
  return ::fsetxattr(file, name, value.data(), value.size(), 0, 0);
}

int remove_xattr(int file, const char* name) { return ::fremovexattr(file, name, 0); }

}  // namespace gopol::engine::platform
