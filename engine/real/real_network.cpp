#include "engine/real/real_network.h"

#include <utility>

#include "engine/encoding/json.h"
#include "engine/real/net_request.h"

namespace gopol::engine {
namespace {

using detail::Json;

constexpr std::chrono::milliseconds archive_deadline =
    std::chrono::hours(1);  // it ends stalls itself

class NetClient : public Network {
 public:
  NetClient(NetSettings settings, OnProgress on_progress)
      : settings_(std::move(settings)), on_progress_(std::move(on_progress)) {}

  dsl::Value reaches(const std::string& host, std::chrono::milliseconds deadline) const override;
  Result<HttpAnswer> probe(const std::string& url,
                           std::chrono::milliseconds deadline) const override;
  Result<FetchedArchive> fetch_archive(const ArchiveRequest& request) override;

 private:
  Result<Json> ask(Json request, std::chrono::milliseconds deadline) const;

  NetSettings settings_;
  OnProgress on_progress_;
};

Result<Json> NetClient::ask(Json request, std::chrono::milliseconds deadline) const {
  NetCall call;
  call.request = std::move(request);
  call.deadline = deadline;
  return ask_net(settings_, std::move(call), on_progress_);
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

Result<HttpAnswer> NetClient::probe(const std::string& url,
                                    std::chrono::milliseconds deadline) const {
  const auto answer = ask({{"protocol", 1},
                           {"do", "probe"},
                           {"url", detail::json_text(url)},
                           {"deadline_ms", deadline.count()}},
                          deadline);
  if (!answer) return answer.error();
  const Json* offline = detail::find(*answer, "offline");
  return HttpAnswer{static_cast<int>(detail::number_in(*answer, "status")),
                    detail::text_in(*answer, "body"), detail::text_in(*answer, "failure"),
                    offline != nullptr && offline->is_boolean() && offline->get<bool>()};
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
