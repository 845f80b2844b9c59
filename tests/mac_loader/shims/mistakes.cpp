// Mistakes that the tests must notice: each binds a name to what Linux has, as if both systems were
// alike.
#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "tests/mac_loader/image.h"
#include "tests/mac_loader/names.h"

namespace gopol::mac_loader {
namespace {

std::string mistake() {
  const char* named = std::getenv("MAC_LOADER_MISTAKE");
  return named == nullptr ? "" : named;
}

template <class R, class... A>
std::uint64_t place(R (*function)(A...)) {
  return reinterpret_cast<std::uint64_t>(function);
}

int open_with_flags_of_linux(const char* path, int flags, int mode) {
  return ::open(path, flags, mode);
}
int print_without_a_list(char* to, std::size_t size, const char* form, long a, long b, long c) {
  return std::snprintf(to, size, form, a, b, c);
}

}  // namespace

void make_mistake(Names& names) {
  const std::string named = mistake();
  if (named == "layout") {
    names.replace(inode64("_stat"), place(::stat));
    names.replace(inode64("_lstat"), place(::lstat));
    names.replace(inode64("_fstat"), place(::fstat));
    names.replace(inode64("_fstatat"), place(::fstatat));
  } else if (named == "flag") {
    names.replace("_open", place(open_with_flags_of_linux));
  } else if (named == "errno") {
    names.replace("___error", place(__errno_location));
  } else if (named == "variadic") {
    names.replace("_snprintf", place(print_without_a_list));
    names.replace("_open", place(open_with_flags_of_linux));
  } else if (!named.empty() && named != "initialiser") {
    stop("no mistake of this name: " + named);
  }
}

bool skips_initialisers() { return mistake() == "initialiser"; }

}  // namespace gopol::mac_loader
