#include "providers/go/module/proxy_walk.h"

namespace gopol::providers::go {
namespace {

enum class Rank { not_found, proxy, direct };

}  // namespace

Walk walk_proxies(const dsl::Chain& chain, const AskProxy& ask) {
  Walk walk;
  Rank best = Rank::not_found;
  for (const dsl::Chain::Link& link : chain.links) {
    walk.contacted.push_back(link.text);
    const bool off = link.text == "off";
    const std::string answer = off ? "404" : ask(link.text);
    if (answer == "ok") {
      walk.result = "ok";
      return walk;
    }
    const bool not_found = answer == "404" || answer == "410";
    const std::string error =
        off ? "module lookup disabled by GOPROXY=off" : link.text + ": " + answer;
    if (link.text == "direct") {
      walk.result = error;
      best = Rank::direct;
    } else if (best <= Rank::proxy && !not_found) {
      walk.result = error;
      best = Rank::proxy;
    } else if (best == Rank::not_found) {
      walk.result = error;
    }
    if (!link.on_any_error && !not_found) break;
  }
  return walk;
}

}  // namespace gopol::providers::go
