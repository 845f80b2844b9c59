// A program for a Mac that compiles in a second: what the loader is tried with (small.sh). With
// -DMISTAKE_... it has one mistake that a program of ours could have; its answers differ then.
#include <errno.h>
#include <fcntl.h>
#include <os/lock.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

namespace {

// As Linux has it on Intel's processors.
struct StatOfLinux {
  unsigned long dev, ino, nlink;
  unsigned mode, uid, gid, padding;
  unsigned long rdev;
  long size, rest[64];
};

#ifdef MISTAKE_LAYOUT
long size_of(const char* path) {
  StatOfLinux status{};
  return stat(path, reinterpret_cast<struct stat*>(&status)) == 0 ? status.size : -1;
}
#else
long size_of(const char* path) {
  struct stat status {};
  return stat(path, &status) == 0 ? static_cast<long>(status.st_size) : -1;
}
#endif

#ifdef MISTAKE_FLAG
constexpr int to_make = O_WRONLY | 0100 | 0200;  // O_CREAT and O_EXCL of Linux
#else
constexpr int to_make = O_WRONLY | O_CREAT | O_EXCL;
#endif

#ifdef MISTAKE_ERRNO
constexpr int would_block = 11;
#else
constexpr int would_block = EAGAIN;
#endif

// A function that takes a list of arguments, declared as if it took just these.
#ifdef MISTAKE_VARIADIC
extern "C" int print_into(char* to, unsigned long size, const char* form, double a,
                          double b) __asm("_snprintf");
#else
int print_into(char* to, unsigned long size, const char* form, double a, double b) {
  return snprintf(to, size, form, a, b);
}
#endif

#ifdef MISTAKE_NEWER
void call_newer(os_unfair_lock_t lock) { os_unfair_lock_lock_with_flags(lock, {}); }
#elif defined(MISTAKE_NEWER_BY_HAND)
extern "C" void newer(os_unfair_lock_t lock, int flags) __asm("_os_unfair_lock_lock_with_flags");
void call_newer(os_unfair_lock_t lock) { newer(lock, 0); }
#else
void call_newer(os_unfair_lock_t) {}
#endif

int first_value = 0;
#ifndef MISTAKE_INITIALISER
struct Initialiser {
  Initialiser() { first_value = getpid() > 0 ? 42 : 0; }  // not at compile time
} initialiser;
#endif

thread_local int of_a_thread = 7;

int print_list(char* to, unsigned long size, const char* form, ...) {
  va_list list;
  va_start(list, form);
  const int out = vsnprintf(to, size, form, list);
  va_end(list);
  return out;
}

int caught() {
  try {
    throw first_value + 1;
  } catch (int value) {
    return value;
  }
}

bool waits_for_more() {
  int ends[2];
  char byte = 0;
  if (pipe(ends) != 0 || fcntl(ends[0], F_SETFL, O_NONBLOCK) != 0) return false;
  const bool out = read(ends[0], &byte, 1) < 0 && errno == would_block;
  close(ends[0]);
  close(ends[1]);
  return out;
}

}  // namespace

int main() {
  printf("initialised %d, thrown %d, of this thread %d\n", first_value, caught(), ++of_a_thread);
  char text[80];
  print_into(text, sizeof text, "two numbers %.2f %.2f", 3.5, -0.25);
  puts(text);
  print_list(text, sizeof text, "a list %d %s %.1f %ld", 1, "two", 3.5, -4L);
  puts(text);
  umask(0);
  const int file = open("made", to_make, 0640);
  if (file < 0 || write(file, "hello", 5) != 5 || close(file) != 0) return 1;
  struct stat status {};
  printf("made with %d bytes and mode %o\n", static_cast<int>(size_of("made")),
         stat("made", &status) == 0 ? status.st_mode & 07777 : 0);
  printf("the second time: %s\n", open("made", to_make, 0640) < 0 ? strerror(errno) : "made");
  printf("an empty pipe %s\n", waits_for_more() ? "would block" : "does not block");
  os_unfair_lock lock = OS_UNFAIR_LOCK_INIT;
  call_newer(&lock);
  return 0;
}
