#include <limits.h>
#include <mach-o/dyld.h>
#include <pwd.h>
#include <sys/sysctl.h>
#include <unistd.h>

#include <cerrno>
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

std::optional<Account> account(std::string_view user) {
  const passwd* found = ::getpwnam(std::string(user).c_str());
  if (found == nullptr) return {};
  return account_of(*found);
}

// Of root, setgid and setuid set all three: man 2 setuid. Its groups may be more than the kernel
// keeps: initgroups tells it to ask the directory service.
int become(const Account& user) {
  if (::initgroups(user.name.c_str(), static_cast<int>(user.gid)) != 0) return errno;
  if (::setgid(user.gid) != 0) return errno;
  return ::setuid(user.uid) == 0 ? 0 : errno;
}

// The loader says how we were named, which may be through a link: Homebrew's are.
std::string program() {
  char named[PATH_MAX];
  std::uint32_t size = sizeof named;
  return ::_NSGetExecutablePath(named, &size) == 0 ? follow_links(named) : "";
}

}  // namespace gopol::engine::platform
