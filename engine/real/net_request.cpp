#include "engine/real/net_request.h"

#include <fmt/format.h>

#include <cstdlib>
#include <optional>
#include <string_view>
#include <utility>

#include "engine/real/programs.h"

namespace gopol::engine {
namespace {

using detail::Json;

constexpr std::chrono::milliseconds start_margin{2000};

/// Programs get no environment of ours; these say how this network is left.
constexpr const char* network_variables[] = {"http_proxy", "https_proxy", "HTTPS_PROXY",
                                             "all_proxy",  "ALL_PROXY",   "no_proxy",
                                             "NO_PROXY",   "NETRC",       "SSL_CERT_FILE"};

/// And these, where we are known.
constexpr const char* credential_variables[] = {"PATH",
                                                "GOPOL_TOKEN",
                                                "SSH_AUTH_SOCK",
                                                "GIT_CONFIG_GLOBAL",
                                                "GIT_CONFIG_SYSTEM",
                                                "GIT_CONFIG_NOSYSTEM",
                                                "XDG_CONFIG_HOME",
                                                "XDG_RUNTIME_DIR",
                                                "DBUS_SESSION_BUS_ADDRESS"};

/// What came back line by line.
struct Conversation {
  const OnProgress& on_progress;
  std::optional<Json> answer;
};

void hear(void* context, std::string_view line) {
  auto& talk = *static_cast<Conversation*>(context);
  auto json = detail::parse_json(line);
  if (!json) return;  // the end will be missed if this was it
  const Json* progress = detail::find(*json, "progress");
  if (progress == nullptr) {
    talk.answer = std::move(*json);
  } else if (talk.on_progress) {
    talk.on_progress({detail::number_in(*progress, "done"), detail::number_in(*progress, "total"),
                      detail::text_in(*progress, "what")});
  }
}

std::string last_line(std::string_view text) {
  while (text.ends_with('\n')) text.remove_suffix(1);
  return std::string(text.substr(text.rfind('\n') + 1));
}

dsl::Diagnostic no_answer(const Path& program, const Output& output) {
  const std::string said = last_line(output.err);
  return dsl::problem(
      "R4002",
      fmt::format("`{}` ended without an answer (exit code {})", program.name(), output.status),
      said.empty() ? "" : fmt::format("it said: {}", said));
}

Command command_for(const NetSettings& settings, NetCall call, Conversation& talk) {
  call.request["ca"] = detail::json_text(settings.ca.text);
  call.request["proxy"] = detail::json_text(settings.proxy);
  if (!call.request.contains("patience_ms")) call.request["patience_ms"] = patience_of(settings);
  call.request["root"] = detail::json_text(settings.root.text);
  Command out;
  out.argv = {call.program.text};
  out.input = detail::line_of(call.request) + "\n";
  const auto hand_on = [&](const char* name) {
    if (const char* value = std::getenv(name)) out.environment.emplace_back(name, value);
  };
  for (const char* name : network_variables) hand_on(name);
  if (call.credentials) {
    for (const char* name : credential_variables) hand_on(name);
  }
  out.deadline = call.deadline + start_margin;
  out.most_output = call.longest_line;
  out.on_line = hear;
  out.context = &talk;
  return out;
}

}  // namespace

Result<Json> ask_net(const NetSettings& settings, NetCall call, const OnProgress& on_progress) {
  Conversation talk{on_progress, {}};
  if (call.program.text.empty()) call.program = settings.program;
  const Path program = call.program;
  const auto output = real_programs()->query(command_for(settings, std::move(call), talk));
  if (!output) return output.error();
  if (!talk.answer) return no_answer(program, *output);
  if (const Json* error = detail::find(*talk.answer, "error")) {
    std::string code = detail::text_in(*error, "code");
    return dsl::problem(code.empty() ? "R4002" : std::move(code),
                        detail::text_in(*error, "message"), detail::text_in(*error, "help"));
  }
  const Json* ok = detail::find(*talk.answer, "ok");
  if (ok == nullptr) return no_answer(program, *output);
  return *ok;
}

}  // namespace gopol::engine
