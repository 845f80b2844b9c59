#include "engine/net/serve.h"

#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <iostream>
#include <new>
#include <string>

#include "engine/net/limits.h"
#include "engine/net/stop.h"
#include "engine/real/platform.h"

namespace gopol::engine::net {
namespace {

constexpr int internal_error = 70;

dsl::Result<Json> answer(const std::string& line, std::span<const Service> services) {
  const auto request = detail::parse_json(line);
  if (!request) return trouble("the request is no JSON");
  if (detail::number_in(*request, "protocol") != 1) {
    return trouble("gopol and its network programs are of different versions",
                   "install them from one package");
  }
  const std::string what = detail::text_in(*request, "do");
  for (const Service& service : services) {
    if (service.name == what) return service.answer(*request);
  }
  return trouble(fmt::format("nothing here knows `{}`", what), "install gopol from one package");
}

int answer_one(std::span<const Service> services) {
  platform::end_with_parent();
  std::string line;
  std::getline(std::cin, line);
  listen_for_stop();
  const auto done = answer(line, services);
  if (!done) {
    say_error(done.error().front());
    return 1;
  }
  say_ok(*done);
  std::_Exit(0);  // all is written: to take libraries down in order takes longer than to answer
}

}  // namespace

int serve(std::span<const Service> services) {
  try {
    return answer_one(services);
  } catch (const std::bad_alloc&) {
    say_error(out_of_memory());
    return 1;
  } catch (const std::exception& fault) {
    std::fprintf(stderr, "internal error: %s\n", fault.what());
    return internal_error;
  }
}

}  // namespace gopol::engine::net
