#include <fcntl.h>
#include <limits.h>
#include <unistd.h>

#include <cstdint>

#include "engine/real/descriptor.h"
#include "engine/real/platform.h"

namespace gopol::engine::platform {

std::string_view name() { return "linux"; }

std::optional<std::string> sysctl(const std::string&) { return {}; }

std::optional<Account> account(std::uint32_t uid) {
  const Descriptor file = open_file("/etc/passwd", O_RDONLY);
  std::string text;
  constexpr std::uint64_t most =
      16u << 20;  // bytes; a directory of people that large is not in this file
  if (!file || read_some(file.number(), 0, most, text) != 0) return {};
  return find_account(text, uid);
}

std::string program() {
  char path[PATH_MAX];
  const ssize_t length = ::readlink("/proc/self/exe", path, sizeof path);
  return length > 0 ? std::string(path, static_cast<std::size_t>(length)) : "";
}

}  // namespace gopol::engine::platform
