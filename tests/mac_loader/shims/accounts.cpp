// `<pwd.h>` and `<grp.h>` of Darwin.
#include <grp.h>
#include <pwd.h>

#include "tests/mac_loader/darwin/machine.h"
#include "tests/mac_loader/names.h"
#include "tests/mac_loader/shims/errors.h"

namespace gopol::mac_loader {
namespace {

char no_class[] = "";

darwin::Passwd there(const passwd& ours) {
  return {ours.pw_name, ours.pw_passwd, ours.pw_uid, ours.pw_gid,   0,
          no_class,     ours.pw_gecos,  ours.pw_dir, ours.pw_shell, 0};
}

darwin::Passwd* account(std::uint32_t user) {
  static darwin::Passwd out;
  const passwd* ours = ::getpwuid(user);
  if (ours == nullptr) return nullptr;
  out = there(*ours);
  return &out;
}

darwin::Passwd* account_named(const char* name) {
  static darwin::Passwd out;
  const passwd* ours = ::getpwnam(name);
  if (ours == nullptr) return nullptr;
  out = there(*ours);
  return &out;
}

int account_into(std::uint32_t user, darwin::Passwd* out, char* texts, std::size_t size,
                 darwin::Passwd** found) {
  passwd ours{}, *result = nullptr;
  const int error = ::getpwuid_r(user, &ours, texts, size, &result);
  *found = result == nullptr ? nullptr : out;
  if (result != nullptr) *out = there(ours);
  return darwin_error(error);
}

/// The group is an `int` there.
int groups_of(const char* user, int group) { return ::initgroups(user, static_cast<gid_t>(group)); }

}  // namespace

void add_accounts(Names& names) {
  names.add("_getpwnam", account_named);
  names.add("_getpwuid", account);
  names.add("_getpwuid_r", account_into);
  names.add("_initgroups", groups_of);
}

}  // namespace gopol::mac_loader
