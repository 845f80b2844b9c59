#pragma once

#include <cstdint>

/// `<pthread.h>` and `<sys/_pthread/_pthread_types.h>` of Darwin. Each object begins with a word
/// that says what it is, also as its macro sets it.
namespace gopol::mac_loader::darwin {

inline constexpr std::int64_t mutex_signature = 0x32AAABA7, mutex_recursive_signature = 0x32AAABA2,
                              cond_signature = 0x3CB0B1BB, rwlock_signature = 0x2DA8B3B4;
inline constexpr int mutex_normal = 0, mutex_errorcheck = 1, mutex_recursive = 2;

struct Mutex {
  std::int64_t signature;
  char opaque[56];
};
struct MutexAttributes {
  std::int64_t signature;
  char opaque[8];
};
struct Cond {
  std::int64_t signature;
  char opaque[40];
};
struct Rwlock {
  std::int64_t signature;
  char opaque[192];
};

}  // namespace gopol::mac_loader::darwin
