#include "engine/net/stop.h"

#include <sys/time.h>
#include <unistd.h>

#include <csignal>
#include <initializer_list>
#include <utility>

namespace gopol::engine::net {
namespace {

volatile std::sig_atomic_t stopped = 0;  // what a signal handler may touch
const char* last_words = "";             // and what it reads: set before the timer runs
std::size_t last_words_size = 0;
std::chrono::milliseconds patience_left{0};
std::size_t toll_each = 0, toll_paid = 0;  // bytes

extern "C" void gopol_net_stop(int) { stopped = 1; }

extern "C" void gopol_net_silence(int) {
  const ssize_t written = ::write(STDOUT_FILENO, last_words, last_words_size);
  _exit(written < 0 ? 2 : 1);
}

}  // namespace

void listen_for_stop() {
  for (const int number : {SIGTERM, SIGINT, SIGHUP}) std::signal(number, gopol_net_stop);
  std::signal(SIGPIPE, SIG_IGN);
}

void stop() { stopped = 1; }

bool is_stopped() { return stopped != 0; }

void watch(std::chrono::milliseconds patience, std::string line, std::size_t toll) {
  static std::string kept;
  patience_left = std::chrono::milliseconds(0);
  is_alive();
  kept = std::move(line);
  last_words = kept.data();
  last_words_size = kept.size();
  std::signal(SIGALRM, gopol_net_silence);
  patience_left = patience;
  toll_each = toll;
  is_alive();
}

void heard(std::size_t bytes) {
  toll_paid += bytes;
  if (toll_each > 0 && toll_paid >= toll_each) is_alive();
}

void wait_for_person() {
  const itimerval never{};
  ::setitimer(ITIMER_REAL, &never, nullptr);
}

void is_alive() {
  toll_paid = 0;
  const auto count = patience_left.count();
  itimerval timer{};
  timer.it_value.tv_sec = static_cast<decltype(timer.it_value.tv_sec)>(count / 1000);
  timer.it_value.tv_usec = static_cast<decltype(timer.it_value.tv_usec)>(count % 1000 * 1000);
  ::setitimer(ITIMER_REAL, &timer, nullptr);
}

}  // namespace gopol::engine::net
