// `<stdio.h>`, `<stdlib.h>`, `<string.h>`, `<wchar.h>`, `<unistd.h>`, `<time.h>`, `<math.h>` and
// others of Darwin: what takes, does and answers the same on both systems, so far as gopol and the
// libraries in it ask for it.
#include <string_view>

#include "tests/mac_loader/names.h"

namespace gopol::mac_loader {

void add_same_names(Names& names) {
  constexpr std::string_view all[] = {
      "___cxa_atexit", "___memcpy_chk", "___memset_chk", "___strcpy_chk",  "___strncpy_chk",
      "_abort",        "_access",       "_alarm",        "_aligned_alloc", "_arc4random",
      "_atoi",         "_calloc",       "_catclose",     "_catgets",       "_catopen",
      "_ceil",         "_ceilf",        "_chdir",        "_chmod",         "_chown",
      "_close",        "_closedir",     "_difftime",     "_dup2",          "_exit",
      "_fchdir",       "_fchmod",       "_fchown",       "_fclose",        "_fdopen",
      "_feof",         "_ferror",       "_fflush",       "_fgets",         "_fileno",
      "_flock",        "_fopen",        "_fputc",        "_fputs",         "_fputwc",
      "_fread",        "_free",         "_fseek",        "_fseeko",        "_fsync",
      "_ftell",        "_ftello",       "_ftruncate",    "_fwrite",        "_getc",
      "_getcwd",       "_getentropy",   "_getenv",       "_geteuid",       "_getgid",
      "_gethostname",  "_getloadavg",   "_getpgid",      "_getpid",        "_getppid",
      "_getsid",       "_getuid",       "_getwc",        "_gmtime_r",      "_if_nametoindex",
      "_isatty",       "_lchmod",       "_lchown",       "_link",          "_localeconv",
      "_localtime_r",  "_lseek",        "_malloc",       "_mbrtowc",       "_memchr",
      "_memcmp",       "_memcpy",       "_memmove",      "_memset",        "_mkdir",
      "_mkdtemp",      "_mkfifo",       "_mkstemp",      "_mktime",        "_munmap",
      "_nanosleep",    "_pipe",         "_pread",        "_putchar",       "_puts",
      "_pwrite",       "_qsort",        "_rand",         "_read",          "_readlink",
      "_realloc",      "_remove",       "_rename",       "_rewind",        "_rmdir",
      "_setbuf",       "_setenv",       "_setgid",       "_setuid",        "_strcasecmp",
      "_strcat",       "_strchr",       "_strcmp",       "_strcoll_l",     "_strcpy",
      "_strcspn",      "_strdup",       "_strftime",     "_strftime_l",    "_strlen",
      "_strncasecmp",  "_strncmp",      "_strncpy",      "_strpbrk",       "_strrchr",
      "_strspn",       "_strstr",       "_strtod",       "_strtod_l",      "_strtof",
      "_strtof_l",     "_strtok_r",     "_strtol",       "_strtoll",       "_strtoll_l",
      "_strtoul",      "_strtoull",     "_strtoull_l",   "_strxfrm_l",     "_symlink",
      "_sync",         "_time",         "_truncate",     "_ungetc",        "_ungetwc",
      "_unsetenv",     "_wcrtomb",      "_wcscoll_l",    "_wcscpy",        "_wcslen",
      "_wcstod",       "_wcstof",       "_wcstol",       "_wcstoll",       "_wcstoul",
      "_wcstoull",     "_wcsxfrm_l",    "_wmemchr",      "_wmemcmp",       "_wmemmove",
      "_write",
  };
  for (const std::string_view name : all) names.add_same(name);
}

}  // namespace gopol::mac_loader
