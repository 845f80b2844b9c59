// `<time.h>`, `<sys/time.h>`, `<mach/mach_time.h>` of Darwin.
#include <sys/select.h>
#include <sys/time.h>
#include <time.h>

#include <optional>

#include "tests/mac_loader/darwin/machine.h"
#include "tests/mac_loader/names.h"
#include "tests/mac_loader/shims/flags.h"

namespace gopol::mac_loader {
namespace {

timeval here(const darwin::Timeval& theirs) { return {theirs.seconds, theirs.microseconds}; }
darwin::Timeval there(const timeval& ours) {
  return {ours.tv_sec, static_cast<std::int32_t>(ours.tv_usec)};
}

int read_clock(int clock, timespec* out) {
  constexpr Bit clocks[] = {{darwin::clock_realtime, CLOCK_REALTIME},
                            {darwin::clock_monotonic, CLOCK_MONOTONIC},
                            {darwin::clock_monotonic_raw, CLOCK_MONOTONIC_RAW},
                            {darwin::clock_uptime_raw, CLOCK_MONOTONIC},
                            {darwin::clock_process_cputime, CLOCK_PROCESS_CPUTIME_ID},
                            {darwin::clock_thread_cputime, CLOCK_THREAD_CPUTIME_ID}};
  return ::clock_gettime(number_here(clock, clocks, "clock_gettime"), out);
}

int time_of_day(darwin::Timeval* out, void*) {
  timeval ours{};
  const int result = ::gettimeofday(&ours, nullptr);
  if (result == 0) *out = there(ours);
  return result;
}

int set_timer(int which, const darwin::Itimerval* fresh, darwin::Itimerval* before) {
  const itimerval ours{here(fresh->interval), here(fresh->value)};
  itimerval was{};
  const int result = ::setitimer(static_cast<__itimer_which_t>(which), &ours, &was);
  if (result == 0 && before != nullptr) *before = {there(was.it_interval), there(was.it_value)};
  return result;
}

/// Its sets are as ours: 1024 bits.
int select_files(int count, fd_set* read, fd_set* write, fd_set* odd, darwin::Timeval* timeout) {
  timeval ours{};
  if (timeout != nullptr) ours = here(*timeout);
  return ::select(count, read, write, odd, timeout == nullptr ? nullptr : &ours);
}
int check_set_overflow(int, const void*, int) { return 1; }

int set_times(const char* path, const darwin::Timeval* times) {
  const timeval ours[2] = {here(times[0]), here(times[1])};
  return ::utimes(path, ours);
}
int set_times_of_link(const char* path, const darwin::Timeval* times) {
  const timeval ours[2] = {here(times[0]), here(times[1])};
  return ::lutimes(path, ours);
}
int set_times_of_open(int file, const darwin::Timeval* times) {
  const timeval ours[2] = {here(times[0]), here(times[1])};
  return ::futimes(file, ours);
}

std::uint64_t ticks() {
  timespec now{};
  ::clock_gettime(CLOCK_MONOTONIC, &now);
  return static_cast<std::uint64_t>(now.tv_sec) * 1000000000u +
         static_cast<std::uint64_t>(now.tv_nsec);
}
struct Timebase {
  std::uint32_t numerator, denominator;
};
int timebase(Timebase* out) {
  *out = {1, 1};
  return 0;
}

}  // namespace

void add_times(Names& names) {
#ifdef __x86_64__
  names.add("_select$1050", select_files);
#else
  names.add("_select", select_files);
#endif
  names.add("___darwin_check_fd_set_overflow", check_set_overflow);
  names.add("_clock_gettime", read_clock);
  names.add("_gettimeofday", time_of_day);
  names.add("_setitimer", set_timer);
  names.add("_utimes", set_times);
  names.add("_lutimes", set_times_of_link);
  names.add("_futimes", set_times_of_open);
  names.add("_mach_absolute_time", ticks);
  names.add("_mach_timebase_info", timebase);
}

}  // namespace gopol::mac_loader
