#include <limits.h>
#include <mach-o/dyld.h>
#include <pwd.h>
#include <stdlib.h>
#include <sys/sysctl.h>

#include <cstdint>
#include <cstring>

#include "engine/real/platform.h"

namespace gopol::engine::platform {
namespace {

template <class Number>
std::string number(const std::string& bytes) {
  Number out = 0;
  std::memcpy(&out, bytes.data(), sizeof out);
  return std::to_string(out);
}

}  // namespace

std::string_view name() { return "macos"; }

// Answers are texts or integers of 4 or 8 bytes; which, sysctlbyname does not say. A text ends with
// a zero byte and prints; unverified on a Mac beyond the names that gopol reads.
std::optional<std::string> sysctl(const std::string& name) {
  std::size_t size = 0;
  if (::sysctlbyname(name.c_str(), nullptr, &size, nullptr, 0) != 0) return {};
  std::string bytes(size, '\0');
  if (::sysctlbyname(name.c_str(), bytes.data(), &size, nullptr, 0) != 0) return {};
  bytes.resize(size);
  const bool text = name.find("string") != std::string::npos || name.starts_with("kern.os") ||
                    name == "kern.version" || name == "hw.model" || name == "hw.machine";
  if (!text && size == sizeof(std::int32_t)) return number<std::int32_t>(bytes);
  if (!text && size == sizeof(std::int64_t)) return number<std::int64_t>(bytes);
  return std::string(bytes.c_str());
}

// macOS keeps people in its directory service, not in /etc/passwd.
std::optional<Account> account(std::uint32_t uid) {
  const passwd* found = ::getpwuid(uid);
  if (found == nullptr) return {};
  return Account{found->pw_name, found->pw_shell, Path(found->pw_dir), found->pw_uid,
                 found->pw_gid};
}

// The loader says how we were named, which may be through a link: Homebrew's are.
std::string program() {
  char named[PATH_MAX], real[PATH_MAX];
  std::uint32_t size = sizeof named;
  if (::_NSGetExecutablePath(named, &size) != 0 || ::realpath(named, real) == nullptr) return "";
  return real;
}

}  // namespace gopol::engine::platform
