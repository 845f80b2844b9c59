#include "engine/net/limits.h"

#include <fmt/format.h>
#include <sys/resource.h>

#include <csignal>

#include "engine/net/answer.h"

namespace gopol::engine::net {
namespace {

constexpr rlim_t largest_file = rlim_t{5} << 30;  // an archive and its pieces, or a pack
#if defined(__SANITIZE_ADDRESS__)
constexpr bool memory_is_watched = true;
#elif defined(__has_feature)
constexpr bool memory_is_watched = __has_feature(address_sanitizer);
#else
constexpr bool memory_is_watched = false;
#endif
constexpr std::size_t to_explain = std::size_t{16} << 20;

/// The hard limit stays, so that `allow_memory` may come back.
template <class Resource>
void lower(Resource resource, rlim_t most) {
  rlimit now{};
  if (::getrlimit(resource, &now) != 0) return;
  if (now.rlim_cur != RLIM_INFINITY && now.rlim_cur <= most) return;
  now.rlim_cur = most;
  ::setrlimit(resource, &now);
}

}  // namespace

void limit_ourselves(std::size_t most_memory) {
  if (!memory_is_watched) lower(RLIMIT_DATA, most_memory);  // its shadows would count too
  lower(RLIMIT_FSIZE, largest_file);
  lower(RLIMIT_CORE, 0);
  std::signal(SIGXFSZ, SIG_IGN);  // a write fails instead
}

void allow_memory(std::size_t more) {
  rlimit now{};
  if (::getrlimit(RLIMIT_DATA, &now) != 0 || now.rlim_cur == RLIM_INFINITY) return;
  const bool fits = now.rlim_max == RLIM_INFINITY || now.rlim_max - now.rlim_cur > more;
  now.rlim_cur = fits ? now.rlim_cur + more : now.rlim_max;
  ::setrlimit(RLIMIT_DATA, &now);
}

dsl::Diagnostic out_of_memory() {
  rlimit now{};
  ::getrlimit(RLIMIT_DATA, &now);
  allow_memory(to_explain);
  return trouble(fmt::format("what came needs more than {} MiB of memory", now.rlim_cur >> 20));
}

}  // namespace gopol::engine::net
