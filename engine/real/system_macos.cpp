#include <limits.h>
#include <mach-o/dyld.h>
#include <pwd.h>
#include <sys/sysctl.h>

#include <cstdint>

#include "engine/real/platform.h"

namespace gopol::engine::platform {

std::string_view name() { return "macos"; }

// Unverified on a Mac beyond the names that gopol reads.
std::optional<std::string> sysctl(const std::string& name) {
  std::size_t size = 0;
  if (::sysctlbyname(name.c_str(), nullptr, &size, nullptr, 0) != 0) return {};
  std::string bytes(size, '\0');
  if (::sysctlbyname(name.c_str(), bytes.data(), &size, nullptr, 0) != 0) return {};
  bytes.resize(size);
  return sysctl_text(name, bytes);
}

// macOS keeps people in its directory service, not in /etc/passwd.
std::optional<Account> account(std::uint32_t uid) {
  const passwd* found = ::getpwuid(uid);
  if (found == nullptr) return {};
  return account_of(*found);
}

// The loader says how we were named, which may be through a link: Homebrew's are.
std::string program() {
  char named[PATH_MAX];
  std::uint32_t size = sizeof named;
  return ::_NSGetExecutablePath(named, &size) == 0 ? follow_links(named) : "";
}

}  // namespace gopol::engine::platform
