#include "engine/source/policy_range.h"

#include <optional>
#include <utility>

#include "engine/real/net_request.h"

namespace gopol::engine {
namespace {

using detail::Json;

constexpr std::chrono::minutes longest_read{1};
/// Two policies of at most 64 MiB; as JSON a byte can take six.
constexpr std::size_t longest_range = std::size_t{800} << 20;

Result<Json> ask_git(const NetSettings& settings, Json request) {
  NetCall call;
  call.request = std::move(request);
  call.program = git_program(settings);
  call.deadline = longest_read;
  call.longest_line = longest_range;
  return ask_net(settings, std::move(call), nullptr);
}

std::optional<RangeEnd> end_in(const Json& answer, const char* name) {
  const Json* end = detail::find(answer, name);
  if (end == nullptr) return {};
  RangeEnd out{detail::text_in(*end, "commit"), detail::text_in(*end, "path"),
               detail::text_in(*end, "text")};
  if (out.commit.empty()) return {};
  return out;
}

}  // namespace

Result<PolicyRange> read_range(const NetSettings& settings, const CommitRange& range,
                               const std::string& path) {
  const auto answer = ask_git(settings, {{"protocol", 1},
                                         {"do", "range"},
                                         {"folder", detail::json_text(range.folder.text)},
                                         {"base", detail::json_text(range.base)},
                                         {"head", detail::json_text(range.head)},
                                         {"since_fork", range.since_fork},
                                         {"path", detail::json_text(path)}});
  if (!answer) return answer.error();
  auto was = end_in(*answer, "was"), is = end_in(*answer, "is");
  if (!was || !is) return dsl::problem("R4002", "`gopol-git` answered without commits");
  return PolicyRange{std::move(*was), std::move(*is)};
}

Result<std::string> read_commit_file(const NetSettings& settings, const Path& folder,
                                     const std::string& commit, const std::string& path) {
  const auto answer = ask_git(settings, {{"protocol", 1},
                                         {"do", "read_here"},
                                         {"folder", detail::json_text(folder.text)},
                                         {"commit", commit},
                                         {"path", detail::json_text(path)}});
  if (!answer) return answer.error();
  return detail::text_in(*answer, "text");
}

}  // namespace gopol::engine
