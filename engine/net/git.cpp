#include "engine/net/git.h"

#include <fmt/format.h>

#include <chrono>
#include <cstring>

#include "engine/net/git_cache.h"
#include "engine/net/git_objects.h"
#include "engine/rooted_path.h"

namespace gopol::engine::net {
namespace {

/// What we fetch from: the rest of what libgit2 knows (ssh, git) would need keys or trust in the
/// wire.
bool is_known_address(std::string_view url) {
  return url.starts_with("https://") || url.starts_with("http://") || url.starts_with("file:///") ||
         url.starts_with('/');
}

dsl::Result<std::string> place_of_cache(const Json& request) {
  const dsl::Path cache(detail::text_in(request, "cache"));
  const auto found = place(detail::text_in(request, "root"), cache, Follow::all_links);
  if (!found) return found.error();
  return found->real;
}

Json answer_for(const git_commit* commit, const PolicyFile& file) {
  const git_signature* author = git_commit_author(commit);
  const auto when = std::chrono::system_clock::from_time_t(git_commit_time(commit));
  return {{"commit", to_text(*git_commit_id(commit))},
          {"path", detail::json_text(file.path)},
          {"text", detail::json_text(file.text)},
          {"author", detail::json_text(fmt::format("{} <{}>", author->name, author->email))},
          {"time", detail::moment_text(when)}};
}

}  // namespace

dsl::Result<Json> git(const Json& request) {
  const std::string url = detail::text_in(request, "url");
  if (!is_known_address(url)) {
    return trouble(fmt::format("`{}` is no address that policies are fetched from", url),
                   "use https://, file:/// or an absolute path");
  }
  const auto cache = place_of_cache(request);
  if (!cache) return cache.error();
  const auto route = route_of(request);
  if (!route) return route.error();
  start_git(*route);
  const auto repository = open_cache(*cache, url);
  if (!repository) return repository.error();
  const auto tip = fetch_tip(repository->get(), url, detail::text_in(request, "branch"), *route);
  if (!tip) return tip.error();
  git_commit* raw = nullptr;
  if (git_commit_lookup(&raw, repository->get(), &*tip) != 0) {
    return git_trouble("cannot read commit " + to_text(*tip));
  }
  const Commit commit(raw);
  const auto file = read_policy(repository->get(), raw, detail::text_in(request, "path"));
  if (!file) return file.error();
  return answer_for(raw, *file);
}

}  // namespace gopol::engine::net
