#include <fmt/format.h>

#include <cstdio>
#include <exception>
#include <iostream>
#include <string>

#include "engine/net/answer.h"
#include "engine/net/archive.h"
#include "engine/net/connection.h"
#include "engine/net/git.h"
#include "engine/net/probe.h"
#include "engine/net/reaches.h"
#include "engine/net/stop.h"

namespace {

using namespace gopol::engine::net;
namespace detail = gopol::engine::detail;
namespace dsl = gopol::dsl;

constexpr int internal_error = 70;

dsl::Result<Json> answer(const std::string& line) {
  const auto request = detail::parse_json(line);
  if (!request) return trouble("the request is no JSON");
  if (detail::number_in(*request, "protocol") != 1) {
    return trouble("gopol and gopol-net are of different versions",
                   "install both from one package");
  }
  const std::string what = detail::text_in(*request, "do");
  if (what == "archive") return archive(*request);
  if (what == "reaches") return reaches(*request);
  if (what == "probe") return probe(*request);
  if (what == "git") return git(*request);
  return trouble(fmt::format("gopol-net does not know `{}`", what),
                 "install both from one package");
}

int serve() {
  std::string line;
  std::getline(std::cin, line);
  listen_for_stop();
  start_curl();
  const auto done = answer(line);
  if (!done) {
    say_error(done.error().front());
    return 1;
  }
  say_ok(*done);
  return 0;
}

}  // namespace

/// Reads one request from standard input, see engine/net_client.h. Exit codes: 0 done, 1 the answer
/// is an error, 70 a fault of this program.
int main() {
  try {
    return serve();
  } catch (const std::exception& fault) {
    std::fprintf(stderr, "gopol-net: %s\n", fault.what());
    return internal_error;
  }
}
