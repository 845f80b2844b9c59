// Calls that libraries in gopol make on ways that gopol does not take: each gives what a Mac gives
// (small.sh), but where the file systems of Linux cannot (access lists, flags of files). Compiled
// for a Mac, without the compiler's own idea of what a call means. `library_calls
// exit|abort|at_once` ends so.
#include <ctype.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <mach/mach_time.h>
#include <math.h>
#include <net/if.h>
#include <nl_types.h>
#include <pthread.h>
#include <regex.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#include <wchar.h>
#include <xlocale.h>

// Declared by hand: what not every SDK has, and what compilers call.
extern "C" {
char* __strcpy_chk(char* to, const char* from, size_t size);
char* __strncpy_chk(char* to, const char* from, size_t count, size_t size);
void _Unwind_DeleteException(void* exception);
void* acl_get_fd(int file);
void* acl_dup(void* list);
int acl_set_fd(int file, void* list);
int acl_free(void* list);
int copyfile(const char* from, const char* to, void* state, unsigned flags);
int fsetxattr(int file, const char* name, const void* value, size_t size, unsigned position,
              int options);
int fremovexattr(int file, const char* name, int options);
int sandbox_init(const char* profile, unsigned long long flags, char** error);
void sandbox_free_error(char* error);
void* XML_ParserCreate(const char* encoding);
int XML_StopParser(void* parser, unsigned char resumable);
void XML_ParserFree(void* parser);
int sqlite3_open_v2(const char* path, void** out, int flags, const char* system);
const char* sqlite3_errmsg(void* database);
int sqlite3_close(void* database);
int inflateInit_(void* stream, const char* version, int size);
int inflateReset(void* stream);
int inflateEnd(void* stream);
}

namespace {

void print_list(const char* form, ...) {
  va_list list;
  va_start(list, form);
  vfprintf(stdout, form, list);
  va_end(list);
}

void write_texts() {
  char text[64], *made = nullptr;
  sprintf(text, "%d %s %.2f %lld", 7, "of", 2.5, 1LL << 40);
  fprintf(stdout, "%s %c %lu\n", text, 'x', 5UL);
  print_list("%d %s %.1f %d %d %d %d %d %d\n", 1, "two", 3.0, 4, 5, 6, 7, 8, 9);
  const locale_t c = newlocale(LC_ALL_MASK, "C", nullptr);
  asprintf_l(&made, c, "%d and %.3f", 12, 0.125);
  fputs(made, stdout);
  free(made);
  int number = 0;
  double real = 0;
  fputc(':', stdout);
  printf(" %d read, %d %.2f\n", sscanf_l("-3 4.25", c, "%d %lf", &number, &real), number, real);
  freelocale(c);
}

int ascending(const void* a, const void* b) {
  return *static_cast<const int*>(a) - *static_cast<const int*>(b);
}

void change_texts() {
  char text[32] = "a,bc,d", *rest = nullptr, other[8];
  for (char* one = strtok_r(text, ",", &rest); one != nullptr;
       one = strtok_r(nullptr, ",", &rest)) {
    printf("[%s]", one);
  }
  strncpy(other, "gopol", 8);
  strcat(other, "!");
  printf(" %s %zu %d %.0f", other, strspn("aab", "a"), atoi("42x"), ceil(1.25));
  printf(" %s", __strcpy_chk(text, "checked", sizeof text));
  printf(" %.3s\n", __strncpy_chk(text, "three", 3, sizeof text));
  int numbers[] = {3, 1, 2};
  qsort(numbers, 3, sizeof(int), ascending);
  printf("sorted %d %d %d\n", numbers[0], numbers[1], numbers[2]);
}

void read_numbers() {
  const locale_t c = newlocale(LC_ALL_MASK, "C", nullptr);
  char* end = nullptr;
  printf("%.2Lf %.2f %.2Lf\n", strtold("1.5m", &end), strtof_l("-0.25", nullptr, c),
         strtold_l("8.75", nullptr, c));
  printf("%c is left\n", *end);
  struct tm day {};
  day.tm_year = 123;
  day.tm_mon = 10;
  day.tm_mday = 14;
  char date[40];
  strftime_l(date, sizeof date, "%d %b %Y", &day, c);
  puts(date);
  freelocale(c);
}

void use_wide_texts() {
  const locale_t c = newlocale(LC_ALL_MASK, "C", nullptr);
  mbstate_t state{};
  wchar_t wide[8] = {}, one = 0;
  const char* text = "gopol";
  printf("%d bytes at most, ", static_cast<int>(MB_CUR_MAX_L(c)));
  printf("%zu %zu, ", mbrlen_l("g", 1, &state, c), mbrtowc_l(&one, "g", 1, &state, c));
  printf("%zu wide, ", mbsnrtowcs_l(wide, &text, 3, 8, &state, c));
  const wchar_t* from = wide;
  char bytes[8] = {};
  printf("%zu back %s, ", wcsnrtombs_l(bytes, &from, 3, 8, &state, c), bytes);
  printf("%zu of one, ", wcrtomb(bytes, L'x', &state));
  printf("found at %d, ", static_cast<int>(wmemchr(wide, L'p', 3) - wide));
  wmemmove(wide + 1, wide, 2);
  printf("moved %d\n", wide[1] == L'g' && wide[2] == L'o');
  printf("an umlaut is %s\n", isalpha_l(0xe4, c) ? "a letter" : "no letter");  // of the C locale
  freelocale(c);
}

void use_streams() {
  FILE* file = fdopen(open("stream", O_CREAT | O_RDWR | O_TRUNC | O_CLOEXEC, 0600), "r+");
  setbuf(file, nullptr);
  fputs("one\ntwo\n", file);
  printf("at %lld, ", static_cast<long long>(ftello(file)));
  rewind(file);
  char line[16];
  printf("%s", fgets(line, sizeof line, file));
  ungetc('x', file);
  printf("%s, ", fgets(line, 3, file));
  while (fgets(line, sizeof line, file) != nullptr) {
  }
  printf("at the end: %d, flushed %d\n", feof(file) != 0, fsync(fileno(file)));
  fclose(file);
  file = fopen("stream", "r+");
  fputwc(L'w', file);
  rewind(file);
  const wint_t first = getwc(file);
  ungetwc(L'v', file);
  const wint_t again = getwc(file);
  printf("wide %c %c\n", static_cast<char>(first), static_cast<char>(again));
  fclose(file);
  const nl_catd texts = catopen("none", 0);
  printf("no catalogue: %s\n", texts == reinterpret_cast<nl_catd>(-1) ? "-1" : "?");
  catgets(texts, 1, 1, "own");
  catclose(texts);
}

void change_files() {
  mkdir("folder", 0700);
  const int here = open(".", O_RDONLY | O_CLOEXEC), folder = open("folder", O_RDONLY | O_CLOEXEC);
  printf("into it %d, ", fchdir(folder));
  printf("and back %d, gone %d\n", fchdir(here), rmdir("folder"));
  symlink("stream", "link");
  printf("owners %d %d, ", chown("stream", geteuid(), getgid()),
         lchown("link", geteuid(), getgid()));
  struct stat status {};
  printf("mode %d, ",
         lchmod("stream", 0640) == 0 && stat("stream", &status) == 0 ? status.st_mode & 0777 : 0);
  printf("no flags %d, ", lchflags("stream", 0));
  printf("a node %d\n", mknod("node", S_IFIFO | 0600, 0) == 0 && stat("node", &status) == 0 &&
                            S_ISFIFO(status.st_mode));
  const int file = open("stream", O_RDWR | O_CLOEXEC);
  fsetxattr(file, "note", "x", 1, 0, 0);
  printf("an attribute goes %d, ", fremovexattr(file, "note", 0));
  printf("once: %d\n", fremovexattr(file, "note", 0) < 0 ? errno : 0);
  // What the file systems of Linux cannot is refused, not said to be done.
  void* list = acl_get_fd(file);
  printf("no list %d, %d", list == nullptr, errno);
  printf(" %d", acl_dup(list) == nullptr);
  printf(" %d", acl_set_fd(file, list) < 0 ? errno : 0);
  acl_free(list);
  printf(" %d\n", copyfile("stream", "copy", nullptr, 4) < 0 ? errno : 0);
  close(file);
}

void ask_system() {
  double loads[3];
  printf("loads %d, ", getloadavg(loads, 3));
  printf("a parent %d, a group %d, a session %d\n", getppid() > 0, getpgid(0) > 0, getsid(0) > 0);
  mach_timebase_info_data_t base{};
  mach_timebase_info(&base);
  const auto before = mach_absolute_time();
  printf("time goes on: %d %d\n", base.numer > 0 && base.denom > 0, mach_absolute_time() >= before);
  printf("an interface by no name: %u\n", if_nametoindex("no such one"));
  printf("no such symbol: %d\n", dlsym(RTLD_DEFAULT, "no_such_symbol") == nullptr);
  pthread_key_t key;
  pthread_key_create(&key, nullptr);
  printf("a key goes %d\n", pthread_key_delete(key));
  regex_t expression;
  char text[80];
  printf("an error of expressions has a text: %d\n",
         regerror(regcomp(&expression, "[a", 0), &expression, text, sizeof text) > 1);
  const int end = socket(AF_INET, SOCK_STREAM, 0);
  printf("connected with data: %d\n",
         connectx(end, nullptr, SAE_ASSOCID_ANY, 0, nullptr, 0, nullptr, nullptr) < 0 ? errno : 0);
  close(end);
  char* error = nullptr;
  sandbox_free_error(error);
}

void use_libraries() {
  void* parser = XML_ParserCreate(nullptr);
  XML_StopParser(parser, 0);
  XML_ParserFree(parser);
  void* database = nullptr;
  sqlite3_open_v2("no/such", &database, 1, nullptr);
  printf("%s, ", sqlite3_errmsg(database));
  sqlite3_close(database);
  alignas(16) char stream[112] = {};  // z_stream
  inflateInit_(stream, "1.2.11", sizeof stream);
  printf("reset %d\n", inflateReset(stream));
  inflateEnd(stream);
  alignas(16) char exception[64] = {};  // without a function that ends it
  _Unwind_DeleteException(exception);
}

}  // namespace

int main(int, char** arguments) {
  const char* how = arguments[1] == nullptr ? "" : arguments[1];
  if (strcmp(how, "exit") == 0) exit(7);
  if (strcmp(how, "at_once") == 0) _exit(8);
  if (strcmp(how, "abort") == 0) {
    signal(SIGABRT, [](int number) { _exit(number); });
    abort();
  }
  umask(0);
  write_texts();
  change_texts();
  read_numbers();
  use_wide_texts();
  use_streams();
  change_files();
  ask_system();
  use_libraries();
  return 0;
}
