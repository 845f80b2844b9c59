#include "engine/net/git/git.h"

#include <fmt/format.h>

#include <chrono>
#include <cstring>

#include "engine/net/git/cache.h"
#include "engine/net/git/fault.h"
#include "engine/net/git/objects.h"
#include "engine/net/git/remote.h"
#include "engine/real/rooted_path.h"
#include "engine/source/commit_object.h"

namespace gopol::engine::net {
namespace {

Json answer_for(const SignedCommit& commit, const PolicyFile& file) {
  return {{"commit", commit.commit},
          {"path", detail::json_text(file.path)},
          {"text", detail::json_text(file.text)},
          {"author", detail::json_text(commit.author)},
          {"time", detail::moment_text(commit.time)}};
}

constexpr std::chrono::seconds usual_patience{30};

}  // namespace

dsl::Result<std::string> place_of_cache(const Json& request) {
  const dsl::Path cache(detail::text_in(request, "cache"));
  const auto found = place(detail::text_in(request, "root"), cache, Follow::all_links);
  if (!found) return found.error();
  return found->real;
}

dsl::Result<Route> route_for(const Json& request, std::string_view url) {
  if (url.starts_with("https://")) return route_of(request);
  return Route{"", detail::text_in(request, "proxy")};
}

std::chrono::milliseconds patience_in(const Json& request) {
  const std::uint64_t asked = detail::number_in(request, "patience_ms");
  return asked > 0 ? std::chrono::milliseconds(asked) : usual_patience;
}

dsl::Diagnostic no_address(const std::string& url) {
  return trouble(fmt::format("`{}` is no address that policies are fetched from", url),
                 "use https://, ssh://, git@host:path, file:/// or an absolute path");
}

dsl::Result<Json> git(const Json& request) {
  const std::string url = detail::text_in(request, "url");
  if (auto wrong = wrong_address(url)) return std::move(*wrong);
  const auto cache = place_of_cache(request);
  if (!cache) return cache.error();
  const auto route = route_for(request, url);
  if (!route) return route.error();
  start_git(*route);
  const auto repository = open_cache(*cache, url, patience_in(request));
  if (!repository) return repository.error();
  auto connection = Connection::open(repository->get(), url, *route, patience_in(request));
  if (!connection) return connection.error();
  const auto tip = connection->find({detail::text_in(request, "branch"), "", ""});
  if (!tip) return tip.error();
  if (!has_object(repository->get(), tip->commit)) {
    if (auto done = connection->fetch(*tip); !done) return done.error();
  }
  git_commit* raw = nullptr;
  if (git_commit_lookup(&raw, repository->get(), &tip->commit) != 0) {
    return spoiled_cache(repository->get(), "cannot read commit " + to_text(tip->commit));
  }
  const Commit commit(raw);
  const auto object = read_object(repository->get(), tip->commit);
  if (!object) return object.error();
  const auto read = read_commit(to_text(tip->commit), *object);
  if (!read) return read.error();
  const auto file = read_policy(repository->get(), raw, detail::text_in(request, "path"));
  if (!file) return file.error();
  return answer_for(*read, *file);
}

}  // namespace gopol::engine::net
