#include "engine/real/confine.h"

#include <fcntl.h>
#include <linux/landlock.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <future>

#include "engine/real/descriptor.h"

namespace gopol::engine {
namespace {

// Later than the oldest headers we build with. Source: the kernel's
// Documentation/userspace-api/landlock.rst
constexpr std::uint64_t access_refer = 1u << 13;     // ABI 2
constexpr std::uint64_t access_truncate = 1u << 14;  // ABI 3

std::uint64_t writing(long abi) {
  std::uint64_t out = LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_REMOVE_DIR |
                      LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_MAKE_CHAR |
                      LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_MAKE_REG |
                      LANDLOCK_ACCESS_FS_MAKE_SOCK | LANDLOCK_ACCESS_FS_MAKE_FIFO |
                      LANDLOCK_ACCESS_FS_MAKE_BLOCK | LANDLOCK_ACCESS_FS_MAKE_SYM;
  if (abi >= 2) out |= access_refer;
  if (abi >= 3) out |= access_truncate;
  return out;
}

/// Shell scripts among the programs we ask send their noise there.
int allow_null(int rules, std::uint64_t handled) {
  const Descriptor null = open_file("/dev/null", O_PATH);
  if (!null) return 0;
  landlock_path_beneath_attr beneath{};
  beneath.parent_fd = null.number();
  beneath.allowed_access = handled & (LANDLOCK_ACCESS_FS_WRITE_FILE | access_truncate);
  return ::syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &beneath, 0) == 0
             ? 0
             : errno;
}

Confinement refused(int error) { return {false, "", "Landlock refused: " + reason(error)}; }

}  // namespace

Confinement confine_to_reading() {
  const long abi =
      ::syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION);
  if (abi < 1) return {false, "", "this kernel has no Landlock"};
  landlock_ruleset_attr attributes{};
  attributes.handled_access_fs = writing(abi);
  const Descriptor rules(static_cast<int>(
      ::syscall(SYS_landlock_create_ruleset, &attributes, sizeof attributes.handled_access_fs, 0)));
  if (!rules) return refused(errno);
  if (const int error = allow_null(rules.number(), attributes.handled_access_fs))
    return refused(error);
  // Landlock asks for it: a set-uid program could be tricked by what it is denied.
  if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return refused(errno);
  if (::syscall(SYS_landlock_restrict_self, rules.number(), 0) != 0) return refused(errno);
  return {true, "Landlock ABI " + std::to_string(abi), ""};
}

Confinement run_confined(const std::function<void()>& work) {
  return std::async(std::launch::async,
                    [&] {
                      Confinement held = confine_to_reading();
                      work();
                      return held;
                    })
      .get();
}

}  // namespace gopol::engine
