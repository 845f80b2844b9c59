#include "engine/real/confine.h"

#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/fs.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <future>
#include <iterator>
#include <vector>

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

#if defined(__x86_64__)
constexpr std::uint32_t our_calls = AUDIT_ARCH_X86_64;
#elif defined(__aarch64__)
constexpr std::uint32_t our_calls = AUDIT_ARCH_AARCH64;
#else
constexpr std::uint32_t our_calls = 0;
#endif
// A program that looks for its own leaks traces itself. GCC says so by a macro, Clang by a feature.
#ifdef __SANITIZE_ADDRESS__
#define GOPOL_LOOKS_FOR_LEAKS
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define GOPOL_LOOKS_FOR_LEAKS
#endif
#endif
constexpr std::uint32_t second_table = 0x4000'0000;  // x32 on x86-64: numbers from there on

/// What changes files without Landlock's asking (modes, owners, times, attributes), and what
/// reaches into another process, which may be held to less. Numbers that old headers lack are those
/// of every processor. Source: the kernel's scripts/syscall.tbl
constexpr std::uint32_t forbidden[] = {
#ifdef SYS_chmod
    SYS_chmod,
    SYS_chown,
    SYS_lchown,
    SYS_utime,
    SYS_utimes,
    SYS_futimesat,
#endif
    SYS_fchmod,
    SYS_fchmodat,
    452 /*fchmodat2*/,
    SYS_fchown,
    SYS_fchownat,
    SYS_utimensat,
    SYS_setxattr,
    SYS_lsetxattr,
    SYS_fsetxattr,
    463 /*setxattrat*/,
    SYS_removexattr,
    SYS_lremovexattr,
    SYS_fremovexattr,
    466 /*removexattrat*/,
    469 /*file_setattr*/,
    425 /*io_uring_setup*/,
    438 /*pidfd_getfd*/,
    SYS_process_vm_writev,
#ifndef GOPOL_LOOKS_FOR_LEAKS
    SYS_ptrace,
#endif
};
/// Requests of ioctl(2) that do the same, or type at our terminal.
constexpr std::uint32_t forbidden_requests[] = {FS_IOC_SETFLAGS, FS_IOC_FSSETXATTR, TIOCSTI};

sock_filter load(std::size_t offset) {
  return BPF_STMT(BPF_LD | BPF_W | BPF_ABS, static_cast<std::uint32_t>(offset));
}

/// 0 or an errno. What is forbidden fails with EPERM.
int forbid_calls() {
  if (our_calls == 0) return ENOSYS;
  const sock_filter refuse = BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM);
  std::vector<sock_filter> steps{
      load(offsetof(seccomp_data, arch)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, our_calls, 1, 0),
      refuse,
      load(offsetof(seccomp_data, nr)),
      BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, second_table, 0, 1),
      refuse,
  };
  const auto refuse_one = [&](std::uint32_t number) {
    steps.push_back(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, number, 0, 1));
    steps.push_back(refuse);
  };
  for (const std::uint32_t call : forbidden) refuse_one(call);
  const sock_filter allow = BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
  steps.push_back(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_ioctl, 1, 0));
  steps.push_back(allow);
  steps.push_back(load(offsetof(seccomp_data, args[1])));  // the lower half: both are little-endian
  for (const std::uint32_t request : forbidden_requests) refuse_one(request);
  steps.push_back(allow);
  const sock_fprog program{static_cast<unsigned short>(steps.size()), steps.data()};
  return ::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0 ? 0 : errno;
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
  // Without it the rest holds: a kernel without seccomp, or a container that has it to itself.
  static_cast<void>(forbid_calls());
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
