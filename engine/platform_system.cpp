#include <cstdint>
#include <optional>
#include <string>

#include "engine/real_system.h"

#ifdef __APPLE__
#include <pwd.h>
#include <sys/sysctl.h>

#include <cstring>
#else
#include <fcntl.h>

#include "engine/descriptor.h"
#endif

namespace gopol::engine::detail {

#ifdef __APPLE__

// Answers are texts or integers of 4 or 8 bytes; which, sysctlbyname does not say. A text ends with
// a zero byte and prints; unverified on a Mac beyond the names that gopol reads.
std::optional<std::string> platform_sysctl(const std::string& name) {
  std::size_t size = 0;
  if (::sysctlbyname(name.c_str(), nullptr, &size, nullptr, 0) != 0) return {};
  std::string bytes(size, '\0');
  if (::sysctlbyname(name.c_str(), bytes.data(), &size, nullptr, 0) != 0) return {};
  bytes.resize(size);
  const bool text = name.find("string") != std::string::npos || name.starts_with("kern.os") ||
                    name == "kern.version" || name == "hw.model" || name == "hw.machine";
  if (!text && size == sizeof(std::int32_t)) {
    std::int32_t number = 0;
    std::memcpy(&number, bytes.data(), size);
    return std::to_string(number);
  }
  if (!text && size == sizeof(std::int64_t)) {
    std::int64_t number = 0;
    std::memcpy(&number, bytes.data(), size);
    return std::to_string(number);
  }
  return std::string(bytes.c_str());
}

// macOS keeps people in its directory service, not in /etc/passwd.
std::optional<Account> platform_account(std::uint32_t uid) {
  const passwd* found = ::getpwuid(uid);
  if (found == nullptr) return {};
  return Account{found->pw_name, found->pw_shell, Path(found->pw_dir), found->pw_uid,
                 found->pw_gid};
}

#else

std::optional<std::string> platform_sysctl(const std::string&) { return {}; }

std::optional<Account> platform_account(std::uint32_t uid) {
  const Descriptor file = open_file("/etc/passwd", O_RDONLY);
  std::string text;
  constexpr std::uint64_t most =
      16u << 20;  // bytes; a directory of people that large is not in this file
  if (!file || read_some(file.number(), 0, most, text) != 0) return {};
  return find_account(text, uid);
}

#endif

}  // namespace gopol::engine::detail
