#include "engine/net_client.h"

#include <fmt/format.h>

#include <optional>

#include "engine/detail/json.h"
#include "engine/programs.h"

namespace gopol::engine {
namespace {

using detail::Json;

constexpr std::chrono::milliseconds archive_deadline =
    std::chrono::hours(1);  // it ends stalls itself
constexpr std::chrono::milliseconds start_margin{2000};
constexpr std::size_t longest_line = 1 << 20;

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

dsl::Diagnostic no_answer(const Output& output) {
  const std::string said = last_line(output.err);
  return dsl::problem(
      "R4002", fmt::format("`gopol-net` ended without an answer (exit code {})", output.status),
      said.empty() ? "" : fmt::format("it said: {}", said));
}

class NetClient : public Network {
 public:
  NetClient(NetSettings settings, OnProgress on_progress)
      : settings_(std::move(settings)),
        on_progress_(std::move(on_progress)),
        programs_(real_programs()) {}

  dsl::Value reaches(const std::string& host, std::chrono::milliseconds deadline) const override;
  Result<FetchedArchive> fetch_archive(const ArchiveRequest& request) override;

 private:
  Result<Json> ask(Json request, std::chrono::milliseconds deadline) const;

  NetSettings settings_;
  OnProgress on_progress_;
  std::unique_ptr<Programs> programs_;
};

Result<Json> NetClient::ask(Json request, std::chrono::milliseconds deadline) const {
  request["ca"] = detail::json_text(settings_.ca.text);
  request["proxy"] = detail::json_text(settings_.proxy);
  request["root"] = detail::json_text(settings_.root.text);
  Conversation talk{on_progress_, {}};
  Command command;
  command.argv = {settings_.program.text};
  command.input = detail::line_of(request) + "\n";
  command.deadline = deadline + start_margin;
  command.most_output = longest_line;
  command.on_line = hear;
  command.context = &talk;
  const auto output = programs_->query(command);
  if (!output) return output.error();
  if (!talk.answer) return no_answer(*output);
  if (const Json* error = detail::find(*talk.answer, "error")) {
    std::string code = detail::text_in(*error, "code");
    return dsl::problem(code.empty() ? "R4002" : std::move(code),
                        detail::text_in(*error, "message"), detail::text_in(*error, "help"));
  }
  const Json* ok = detail::find(*talk.answer, "ok");
  if (ok == nullptr) return no_answer(*output);
  return *ok;
}

dsl::Value NetClient::reaches(const std::string& host, std::chrono::milliseconds deadline) const {
  const auto answer = ask({{"protocol", 1},
                           {"do", "reaches"},
                           {"host", detail::json_text(host)},
                           {"deadline_ms", deadline.count()}},
                          deadline);
  if (!answer) return dsl::Unknown{answer.error().front().message, answer.error().front().help};
  const Json* reaches = detail::find(*answer, "reaches");
  if (reaches == nullptr || !reaches->is_boolean()) {
    return dsl::Unknown{"`gopol-net` did not say whether it is reachable", ""};
  }
  return reaches->get<bool>();
}

Result<FetchedArchive> NetClient::fetch_archive(const ArchiveRequest& request) {
  const auto answer = ask({{"protocol", 1},
                           {"do", "archive"},
                           {"mirror", detail::json_text(request.mirror)},
                           {"version", detail::json_text(request.version)},
                           {"os", detail::json_text(request.os)},
                           {"arch", detail::json_text(request.arch)},
                           {"sha256", detail::json_text(request.sha256)},
                           {"staging", detail::json_text(request.staging.text)}},
                          archive_deadline);
  if (!answer) return answer.error();
  return FetchedArchive{detail::text_in(*answer, "url"), detail::text_in(*answer, "sha256"),
                        detail::number_in(*answer, "size")};
}

}  // namespace

std::unique_ptr<Network> net_client(NetSettings settings, OnProgress on_progress) {
  return std::make_unique<NetClient>(std::move(settings), std::move(on_progress));
}

}  // namespace gopol::engine
