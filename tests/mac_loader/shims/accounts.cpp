// `<pwd.h>` of Darwin.
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

int account_into(std::uint32_t user, darwin::Passwd* out, char* texts, std::size_t size,
                 darwin::Passwd** found) {
  passwd ours{}, *result = nullptr;
  const int error = ::getpwuid_r(user, &ours, texts, size, &result);
  *found = result == nullptr ? nullptr : out;
  if (result != nullptr) *out = there(ours);
  return darwin_error(error);
}

}  // namespace

void add_accounts(Names& names) {
  names.add("_getpwuid", account);
  names.add("_getpwuid_r", account_into);
}

}  // namespace gopol::mac_loader
