#include "engine/net/stop.h"

#include <csignal>
#include <initializer_list>

namespace gopol::engine::net {
namespace {

volatile std::sig_atomic_t stopped = 0;  // the one thing that a signal handler may touch

extern "C" void gopol_net_stop(int) { stopped = 1; }

}  // namespace

void listen_for_stop() {
  for (const int number : {SIGTERM, SIGINT, SIGHUP}) std::signal(number, gopol_net_stop);
  std::signal(SIGPIPE, SIG_IGN);
}

void stop() { stopped = 1; }

bool is_stopped() { return stopped != 0; }

}  // namespace gopol::engine::net
