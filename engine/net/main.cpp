#include <cstddef>

#include "engine/net/archive.h"
#include "engine/net/connection.h"
#include "engine/net/limits.h"
#include "engine/net/probe.h"
#include "engine/net/reaches.h"
#include "engine/net/serve.h"

/// gopol-net: archives, whether a host is reached, and what it answers.
int main() {
  namespace net = gopol::engine::net;
  constexpr net::Service services[] = {
      {"archive", net::archive}, {"probe", net::probe}, {"reaches", net::reaches}};
  net::limit_ourselves(std::size_t{512} << 20);
  net::start_curl();
  return net::serve(services);
}
