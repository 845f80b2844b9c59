#include <fcntl.h>
#include <grp.h>
#include <limits.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <vector>

#include "engine/real/descriptor.h"
#include "engine/real/platform.h"

namespace gopol::engine::platform {

std::string_view name() { return "linux"; }

std::optional<std::string> sysctl(const std::string&) { return {}; }

namespace {

/// Empty if it cannot be read, or is larger than such a file is.
std::string text_of(const char* path) {
  const Descriptor file = open_file(path, O_RDONLY);
  std::string out;
  constexpr std::uint64_t most =
      16u << 20;  // bytes; a directory of people that large is not in this file
  if (!file || read_some(file.number(), 0, most, out) != 0) return "";
  return out;
}

}  // namespace

std::optional<Account> account(std::uint32_t uid) {
  return find_account(text_of("/etc/passwd"), uid);
}

std::optional<Account> account(std::string_view user) {
  return find_account(text_of("/etc/passwd"), user);
}

int become(const Account& user) {
  const auto others = find_groups(text_of("/etc/group"), user.name);
  std::vector<gid_t> groups{user.gid};
  groups.insert(groups.end(), others.begin(), others.end());
  if (::setgroups(groups.size(), groups.data()) != 0) return errno;
  if (::setresgid(user.gid, user.gid, user.gid) != 0) return errno;
  return ::setresuid(user.uid, user.uid, user.uid) == 0 ? 0 : errno;
}

std::string program() {
  char path[PATH_MAX];
  const ssize_t length = ::readlink("/proc/self/exe", path, sizeof path);
  return length > 0 ? std::string(path, static_cast<std::size_t>(length)) : "";
}

}  // namespace gopol::engine::platform
