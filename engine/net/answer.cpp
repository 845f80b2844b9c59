#include "engine/net/answer.h"

#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <utility>

#include "engine/net/stop.h"

namespace gopol::engine::net {
namespace {

using Clock = std::chrono::steady_clock;
constexpr auto between_progress = std::chrono::milliseconds(100);

void write_out(std::string_view rest) {
  while (!rest.empty()) {
    const ssize_t count = ::write(STDOUT_FILENO, rest.data(), rest.size());
    if (count >= 0) {
      rest.remove_prefix(static_cast<std::size_t>(count));
    } else if (errno != EINTR) {
      stop();
      return;
    }
  }
}

void say(const Json& json) { write_out(detail::line_of(json) + "\n"); }

}  // namespace

void say_ok(const Json& answer) { say({{"ok", answer}}); }

void say_error(const dsl::Diagnostic& why) { write_out(error_line(why)); }

std::string error_line(const dsl::Diagnostic& why) {
  return detail::line_of({{"error",
                           {{"code", detail::json_text(why.code)},
                            {"message", detail::json_text(why.message)},
                            {"help", detail::json_text(why.help)}}}}) +
         "\n";
}

void say_progress(std::uint64_t done, std::uint64_t total, std::string_view what) {
  static Clock::time_point last;
  static bool was_whole = false;
  const auto now = Clock::now();
  const bool is_whole = total > 0 && done >= total;
  const bool is_last = is_whole && !was_whole;
  if (now - last < between_progress && !is_last) return;
  last = now;
  was_whole = is_whole;
  say({{"progress", {{"done", done}, {"total", total}, {"what", detail::json_text(what)}}}});
}

dsl::Diagnostic trouble(std::string message, std::string help) {
  return dsl::problem("R4002", std::move(message), std::move(help));
}

dsl::Diagnostic unreachable(std::string message, std::string help) {
  return dsl::problem("R4007", std::move(message), std::move(help));
}

}  // namespace gopol::engine::net
