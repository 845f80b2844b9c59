#include "engine/net/archive.h"
#include "engine/net/connection.h"
#include "engine/net/reaches.h"
#include "engine/net/serve.h"

/// gopol-net: archives, and whether a host is reached.
int main() {
  namespace net = gopol::engine::net;
  constexpr net::Service services[] = {{"archive", net::archive}, {"reaches", net::reaches}};
  net::start_curl();
  return net::serve(services);
}
