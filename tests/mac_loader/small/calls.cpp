// Calls of libraries in gopol that its own sessions do not reach: each gives what a Mac gives
// (small.sh). Compiled for a Mac.
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <net/if.h>
#include <netdb.h>
#include <netinet/in.h>
#include <pthread.h>
#include <pwd.h>
#include <regex.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>
#include <wchar.h>
#include <xlocale.h>

namespace {

int against(void* order, const void* a, const void* b) {
  return *static_cast<int*>(order) * (*static_cast<const int*>(a) - *static_cast<const int*>(b));
}

void sort() {
  int numbers[] = {2, 3, 1}, down = -1;
  qsort_r(numbers, 3, sizeof(int), &down, against);
  printf("sorted down %d %d %d\n", numbers[0], numbers[1], numbers[2]);
}

void match() {
  regex_t compiled;
  regmatch_t found[2];
  if (regcomp(&compiled, "g([a-z]+)l", REG_EXTENDED | REG_ICASE) != 0) return;
  const int result = regexec(&compiled, "a GOPOL here", 2, found, 0);
  printf("matched %d: %d to %d, in it %d to %d\n", result, static_cast<int>(found[0].rm_so),
         static_cast<int>(found[0].rm_eo), static_cast<int>(found[1].rm_so),
         static_cast<int>(found[1].rm_eo));
  regfree(&compiled);
  printf("an open bracket %s\n", regcomp(&compiled, "[a", 0) == REG_EBRACK ? "is seen" : "is not");
}

long changed(const char* path) {
  struct stat status {};
  return lstat(path, &status) == 0 ? static_cast<long>(status.st_mtimespec.tv_sec) : -1;
}

void set_times() {
  const int file = open("timed", O_CREAT | O_RDWR | O_CLOEXEC, 0600);
  const timeval first[2] = {{1000, 5}, {2000, 6}}, second[2] = {{1, 0}, {3000, 0}};
  utimes("timed", first);
  printf("changed at %ld, ", changed("timed"));
  futimes(file, second);
  printf("then %ld", changed("timed"));
  symlink("timed", "link");
  lutimes("link", first);
  printf(", its link %ld\n", changed("link"));
  close(file);
}

void look_at_files() {
  mkfifo("pipe", 0640);
  struct stat status {};
  printf("a pipe %d, ", stat("pipe", &status) == 0 && S_ISFIFO(status.st_mode));
  printf("linked %d, ", linkat(AT_FDCWD, "timed", AT_FDCWD, "again", 0));
  fchmodat(AT_FDCWD, "again", 0444, 0);
  printf("mode %o\n", stat("timed", &status) == 0 ? status.st_mode & 0777 : 0);
  char path[] = "/usr/local/bin";
  printf("the last name of %s is ", path);
  puts(basename(path));
}

void ask_accounts() {
  passwd entry{}, *found = nullptr;
  char texts[1024];
  const int result = getpwuid_r(0, &entry, texts, sizeof texts, &found);
  printf("user 0 is %s, %d, at home in /%s\n", found->pw_name, result,
         strrchr(found->pw_dir, '/') + 1);
  utsname name{};
  printf("a system by the name of %s\n", uname(&name) == 0 ? name.sysname : "");
}

pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
pthread_cond_t cond = PTHREAD_COND_INITIALIZER;
bool ready = false;

void* get_ready(void*) {
  pthread_mutex_lock(&mutex);
  ready = true;
  pthread_cond_signal(&cond);
  pthread_mutex_unlock(&mutex);
  return nullptr;
}

void wait_for_thread() {
  pthread_t thread;
  pthread_create(&thread, nullptr, get_ready, nullptr);
  pthread_mutex_lock(&mutex);
  while (!ready) pthread_cond_wait(&cond, &mutex);
  pthread_mutex_unlock(&mutex);
  pthread_detach(thread);
  puts("a thread is ready");
}

volatile sig_atomic_t raised = 0;

void wait_for_signal() {
  signal(SIGUSR1, [](int number) { raised = number; });
  raise(SIGUSR1);
  printf("signal %d was raised\n", static_cast<int>(raised));
}

void talk() {
  int ends[2], yes = 1;
  char byte = 0;
  if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0) return;
  ioctl(ends[0], FIONBIO, &yes);
  printf("nothing to read: %d\n", read(ends[0], &byte, 1) < 0 ? errno : 0);
  const int server = socket(AF_INET6, SOCK_STREAM, 0);
  sockaddr_in here{};
  here.sin_len = sizeof here;
  here.sin_family = AF_INET;
  here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const int other = socket(AF_INET, SOCK_STREAM, 0);
  socklen_t size = sizeof here;
  printf("bound %d, ", bind(other, reinterpret_cast<sockaddr*>(&here), sizeof here));
  getsockname(other, reinterpret_cast<sockaddr*>(&here), &size);
  printf("family %d of %d bytes\n", here.sin_family, here.sin_len);
  printf("%s\n", strlen(gai_strerror(EAI_NONAME)) > 0 ? "an error of names has a text" : "");
  close(server);
}

void read_numbers() {
  const locale_t c = newlocale(LC_ALL_MASK, "C", nullptr);
  printf("%.2f %.2f %lld %llu ", strtod("2.5x", nullptr), strtod_l("-1.25", nullptr, c),
         strtoll_l("-42", nullptr, 10, c), strtoull_l("ff", nullptr, 16, c));
  wchar_t wide[8];
  const char* text = "gopol";
  mbstate_t state{};
  printf("%d\n", static_cast<int>(mbsrtowcs_l(wide, &text, 8, &state, c)));
  freelocale(c);
  const time_t moment = 1700000000;
  struct tm utc {};
  char date[40];
  localtime_r(&moment, &utc);
  strftime(date, sizeof date, "%Y-%m-%d %H:%M:%S", &utc);
  timeval now{};
  gettimeofday(&now, nullptr);
  printf("%s, and now it is %s\n", date,
         now.tv_sec > moment && now.tv_usec < 1000000 ? "later" : "?");
}

}  // namespace

int main() {
  umask(0);
  sort();
  match();
  set_times();
  look_at_files();
  ask_accounts();
  wait_for_thread();
  wait_for_signal();
  talk();
  read_numbers();
  return 0;
}
