#include "engine/source/policy_source.h"

#include <utility>

#include "engine/real/net_request.h"

namespace gopol::engine {
namespace {

constexpr std::chrono::minutes longest_fetch{10};
/// A policy has at most 64 MiB; as JSON a byte can take six.
constexpr std::size_t longest_policy = std::size_t{400} << 20;

}  // namespace

Path git_program(const NetSettings& settings) {
  return settings.git_program.empty() ? settings.program.parent() / "gopol-git"
                                      : settings.git_program;
}

std::uint64_t patience_of(const NetSettings& settings) {
  return static_cast<std::uint64_t>(std::chrono::milliseconds(settings.patience).count());
}

Result<FetchedPolicy> fetch_policy(const NetSettings& settings, const SourceRef& source,
                                   const Path& cache, const OnProgress& on_progress) {
  NetCall call;
  call.request = {{"protocol", 1},
                  {"do", "git"},
                  {"url", detail::json_text(source.url)},
                  {"branch", detail::json_text(source.branch)},
                  {"path", detail::json_text(source.path)},
                  {"cache", detail::json_text(cache.text)},
                  {"patience_ms", patience_of(settings)}};
  call.program = git_program(settings);
  call.credentials = true;
  call.deadline = longest_fetch;
  call.longest_line = longest_policy;
  const auto answer = ask_net(settings, std::move(call), on_progress);
  if (!answer) return answer.error();
  const detail::Json* text = detail::find(*answer, "text");
  auto bytes = text != nullptr ? detail::bytes_of(*text) : std::nullopt;
  if (!bytes) return dsl::problem("R4002", "`gopol-git` answered without a policy");
  return FetchedPolicy{detail::text_in(*answer, "commit"), detail::text_in(*answer, "path"),
                       std::move(*bytes), detail::text_in(*answer, "author"),
                       detail::text_in(*answer, "time")};
}

}  // namespace gopol::engine
