// `<copyfile.h>`, `<sys/acl.h>`, `<sys/stat.h>` (flags of files) of Darwin.
#include <unistd.h>

#include <array>
#include <cerrno>

#include "tests/mac_loader/darwin/errors.h"
#include "tests/mac_loader/darwin/files.h"
#include "tests/mac_loader/image.h"
#include "tests/mac_loader/names.h"
#include "tests/mac_loader/shims/errors.h"

namespace gopol::mac_loader {
namespace {

int state;  ///< that of every copy: nothing is kept in it

void* new_state() { return &state; }
int end_state(void*) { return 0; }

int copy_open(int from, int to, void*, unsigned flags) {
  if (flags != darwin::copyfile_data) stop("fcopyfile is to copy more than bytes");
  std::array<char, 65536> buffer;
  for (;;) {
    const ssize_t got = ::read(from, buffer.data(), buffer.size());
    if (got <= 0) return static_cast<int>(got);
    for (ssize_t done = 0; done < got;) {
      const ssize_t put = ::write(to, buffer.data() + done, static_cast<std::size_t>(got - done));
      if (put < 0) return -1;
      done += put;
    }
  }
}

// Neither resource forks nor access lists nor flags are on the file systems of Linux.
int copy(const char*, const char*, void*, unsigned) { return fail(darwin::enotsup); }
int set_flags(const char*, unsigned flags) { return flags == 0 ? 0 : fail(darwin::enotsup); }
int set_flags_of_open(int, unsigned flags) { return flags == 0 ? 0 : fail(darwin::enotsup); }
void* access_list(int, int) {
  fail(ENOENT);
  return nullptr;
}
void* copy_access_list(void*) {
  fail(EINVAL);
  return nullptr;
}
int set_access_list(int, void*) { return fail(darwin::enotsup); }
int free_access_list(void*) { return 0; }

}  // namespace

void add_copies(Names& names) {
  names.add("_copyfile_state_alloc", new_state);
  names.add("_copyfile_state_free", end_state);
  names.add("_fcopyfile", copy_open);
  names.add("_copyfile", copy);
  names.add("_lchflags", set_flags);
  names.add("_fchflags", set_flags_of_open);
  names.add("_acl_get_fd", access_list);
  names.add("_acl_set_fd", set_access_list);
  names.add("_acl_dup", copy_access_list);
  names.add("_acl_free", free_access_list);
}

}  // namespace gopol::mac_loader
