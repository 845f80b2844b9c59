// `<sys/resource.h>` of Darwin.
#include <sys/resource.h>

#include <cstdint>

#include "tests/mac_loader/names.h"
#include "tests/mac_loader/shims/flags.h"

namespace gopol::mac_loader {
namespace {

constexpr Bit resources[] = {{0, RLIMIT_CPU},     {1, RLIMIT_FSIZE}, {2, RLIMIT_DATA},
                             {3, RLIMIT_STACK},   {4, RLIMIT_CORE},  {5, RLIMIT_AS},
                             {6, RLIMIT_MEMLOCK}, {7, RLIMIT_NPROC}, {8, RLIMIT_NOFILE}};

constexpr std::uint64_t no_limit = 0x7fffffffffffffff;

struct Limit {
  std::uint64_t now, most;
};

std::uint64_t there(rlim_t ours) { return ours == RLIM_INFINITY ? no_limit : ours; }
rlim_t here(std::uint64_t theirs) { return theirs == no_limit ? RLIM_INFINITY : theirs; }

__rlimit_resource_t resource_here(int theirs) {
  return static_cast<__rlimit_resource_t>(number_here(theirs, resources, "a limit"));
}

int get_limit(int resource, Limit* out) {
  rlimit ours{};
  const int result = ::getrlimit(resource_here(resource), &ours);
  if (result == 0) *out = {there(ours.rlim_cur), there(ours.rlim_max)};
  return result;
}

int set_limit(int resource, const Limit* limit) {
  const rlimit ours{here(limit->now), here(limit->most)};
  return ::setrlimit(resource_here(resource), &ours);
}

}  // namespace

void add_limits(Names& names) {
  names.add("_getrlimit", get_limit);
  names.add("_setrlimit", set_limit);
}

}  // namespace gopol::mac_loader
