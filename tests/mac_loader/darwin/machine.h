#pragma once

#include <cstdint>

/// `<sys/utsname.h>`, `<pwd.h>`, `<sys/time.h>`, `<time.h>`, `<runetype.h>`, `<regex.h>`,
/// `<langinfo.h>`, `<locale.h>` of Darwin.
namespace gopol::mac_loader::darwin {

struct Utsname {
  char sysname[256], nodename[256], release[256], version[256], machine[256];
};

struct Passwd {
  char *name, *password;
  std::uint32_t uid, gid;
  std::int64_t change;
  char *access_class, *gecos, *dir, *shell;
  std::int64_t expire;
};

struct Timeval {
  std::int64_t seconds;
  std::int32_t microseconds;
};

struct Itimerval {
  Timeval interval, value;
};

inline constexpr int clock_realtime = 0, clock_monotonic_raw = 4, clock_uptime_raw = 8,
                     clock_monotonic = 6, clock_process_cputime = 12, clock_thread_cputime = 16;

struct RuneLocale {
  char magic[8], encoding[32];
  void *get_rune, *put_rune;
  std::int32_t invalid_rune;
  std::uint32_t types[256];
  std::int32_t lower[256], upper[256];
  char rest[256];
};

inline constexpr std::uint32_t rune_alpha = 0x100, rune_control = 0x200, rune_digit = 0x400,
                               rune_graph = 0x800, rune_lower = 0x1000, rune_punct = 0x2000,
                               rune_space = 0x4000, rune_upper = 0x8000, rune_hex = 0x10000,
                               rune_blank = 0x20000, rune_print = 0x40000;

struct Regex {
  int magic;
  std::uint64_t nsub;
  const char* end;
  void* guts;
};
struct Regmatch {
  std::int64_t begin, end;
};
inline constexpr int reg_extended = 1, reg_icase = 2, reg_nosub = 4, reg_newline = 8;
inline constexpr int codeset = 0;
inline constexpr int lc_all = 0, lc_collate = 1, lc_ctype = 2, lc_monetary = 3, lc_numeric = 4,
                     lc_time = 5, lc_messages = 6;

}  // namespace gopol::mac_loader::darwin
