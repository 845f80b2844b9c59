#include <cstddef>

#include "engine/net/git/blame.h"
#include "engine/net/git/git.h"
#include "engine/net/git/pull.h"
#include "engine/net/git/range.h"
#include "engine/net/limits.h"
#include "engine/net/serve.h"

/// gopol-git: policies from git repositories. Apart from gopol-net, so that a pull that finds
/// nothing new loads libgit2 and none of the others.
int main() {
  namespace net = gopol::engine::net;
  constexpr net::Service services[] = {
      {"git", net::git},     {"pull", net::pull},           {"read", net::read_file},
      {"range", net::range}, {"read_here", net::read_here}, {"blame", net::blame}};
  net::limit_ourselves(std::size_t{192} << 20);
  return net::serve(services);
}
