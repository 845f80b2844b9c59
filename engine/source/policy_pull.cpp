#include "engine/source/policy_pull.h"

#include <utility>

#include "engine/real/net_request.h"
#include "engine/source/blame_json.h"

namespace gopol::engine {
namespace {

using detail::Json;

constexpr std::chrono::minutes longest_pull{10};
constexpr std::chrono::seconds longest_blame{30};
/// A policy has at most 64 MiB; as JSON a byte can take six.
constexpr std::size_t longest_answer = std::size_t{400} << 20;

Result<Json> ask_git(const NetSettings& settings, Json request, const OnProgress& on_progress) {
  NetCall call;
  call.request = std::move(request);
  call.program = git_program(settings);
  call.credentials = true;
  call.deadline = longest_pull;
  call.longest_line = longest_answer;
  return ask_net(settings, std::move(call), on_progress);
}

bool is_true(const Json& object, const char* name) {
  const Json* member = detail::find(object, name);
  return member != nullptr && member->is_boolean() && member->get<bool>();
}

Result<SignedCommit> commit_of(const Json& json) {
  const auto object = detail::bytes_in(json, "object");
  if (!object) return dsl::problem("R4002", "`gopol-git` told of a commit without its object");
  return read_commit(detail::text_in(json, "commit"), *object);
}

}  // namespace

Result<Pulled> pull_policy(const NetSettings& settings, const PullWish& wish, const Path& cache,
                           const OnProgress& on_progress) {
  const SourceRef& source = wish.source;
  const auto answer = ask_git(settings,
                              {{"protocol", 1},
                               {"do", "pull"},
                               {"url", detail::json_text(source.url)},
                               {"branch", detail::json_text(source.branch)},
                               {"tag", detail::json_text(source.tag)},
                               {"commit", source.commit},
                               {"path", detail::json_text(source.path)},
                               {"cache", detail::json_text(cache.text)},
                               {"known", wish.known},
                               {"last", wish.last},
                               {"patience_ms", patience_of(settings)}},
                              on_progress);
  if (!answer) return answer.error();
  Pulled out;
  out.commit = detail::text_in(*answer, "commit");
  out.same = is_true(*answer, "same");
  if (out.same) return out;
  out.path = detail::text_in(*answer, "path");
  out.text = detail::text_in(*answer, "text");
  out.has_last = is_true(*answer, "has_last");
  out.descends = is_true(*answer, "descends");
  out.is_older = is_true(*answer, "is_older");
  if (const Json* line = detail::find(*answer, "line")) {
    for (const Json& one : *line) {
      auto commit = commit_of(one);
      if (!commit) return commit.error();
      out.line.push_back(std::move(*commit));
    }
  }
  if (out.line.empty() || out.line.front().commit != out.commit) {
    return dsl::problem("R4002", "`gopol-git` answered without a commit");
  }
  return out;
}

Result<std::string> read_pulled(const NetSettings& settings, const std::string& url,
                                const std::string& commit, const std::string& path,
                                const Path& cache) {
  const auto answer = ask_git(settings,
                              {{"protocol", 1},
                               {"do", "read"},
                               {"url", detail::json_text(url)},
                               {"commit", commit},
                               {"path", detail::json_text(path)},
                               {"cache", detail::json_text(cache.text)}},
                              nullptr);
  if (!answer) return answer.error();
  return detail::text_in(*answer, "text");
}

Result<Blame> blame_pulled(const NetSettings& settings, const std::string& url,
                           const std::string& commit, const std::vector<std::string>& paths,
                           const Path& cache) {
  Json names = Json::array();
  for (const std::string& path : paths) names.push_back(detail::json_text(path));
  NetCall call;
  call.request = {{"protocol", 1},
                  {"do", "blame"},
                  {"url", detail::json_text(url)},
                  {"commit", commit},
                  {"paths", std::move(names)},
                  {"cache", detail::json_text(cache.text)}};
  call.program = git_program(settings);
  call.deadline = longest_blame;
  call.longest_line = longest_answer;
  const auto answer = ask_net(settings, std::move(call), nullptr);
  if (!answer) return answer.error();
  auto blame = detail::blame_of(*answer);
  if (!blame) return dsl::problem("R4002", "`gopol-git` answered without who wrote what");
  return std::move(*blame);
}

}  // namespace gopol::engine
