// `<sys/resource.h>` of Darwin.
#include <sys/resource.h>

#include <cstdint>

#include "tests/mac_loader/darwin/processes.h"
#include "tests/mac_loader/names.h"
#include "tests/mac_loader/shims/flags.h"

namespace gopol::mac_loader {
namespace {

constexpr Bit resources[] = {
    {darwin::rlimit_cpu, RLIMIT_CPU},         {darwin::rlimit_fsize, RLIMIT_FSIZE},
    {darwin::rlimit_data, RLIMIT_DATA},       {darwin::rlimit_stack, RLIMIT_STACK},
    {darwin::rlimit_core, RLIMIT_CORE},       {darwin::rlimit_as, RLIMIT_AS},
    {darwin::rlimit_memlock, RLIMIT_MEMLOCK}, {darwin::rlimit_nproc, RLIMIT_NPROC},
    {darwin::rlimit_nofile, RLIMIT_NOFILE}};

std::uint64_t there(rlim_t ours) { return ours == RLIM_INFINITY ? darwin::rlim_infinity : ours; }
rlim_t here(std::uint64_t theirs) {
  return theirs == darwin::rlim_infinity ? RLIM_INFINITY : theirs;
}

__rlimit_resource_t resource_here(int theirs) {
  return static_cast<__rlimit_resource_t>(number_here(theirs, resources, "a limit"));
}

int get_limit(int resource, darwin::Rlimit* out) {
  rlimit ours{};
  const int result = ::getrlimit(resource_here(resource), &ours);
  if (result == 0) *out = {there(ours.rlim_cur), there(ours.rlim_max)};
  return result;
}

int set_limit(int resource, const darwin::Rlimit* limit) {
  const rlimit ours{here(limit->now), here(limit->most)};
  return ::setrlimit(resource_here(resource), &ours);
}

}  // namespace

void add_limits(Names& names) {
  names.add("_getrlimit", get_limit);
  names.add("_setrlimit", set_limit);
}

}  // namespace gopol::mac_loader
