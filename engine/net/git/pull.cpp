#include "engine/net/git/pull.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <optional>
#include <utility>

#include "engine/net/git/cache.h"
#include "engine/net/git/fault.h"
#include "engine/net/git/git.h"
#include "engine/net/git/history.h"
#include "engine/net/git/objects.h"
#include "engine/net/git/remote.h"
#include "engine/net/git/socket.h"

namespace gopol::engine::net {
namespace {

std::optional<git_oid> id_in(const Json& request, const char* name) {
  git_oid out;
  const std::string text = detail::text_in(request, name);
  if (text.size() != GIT_OID_HEXSZ || git_oid_fromstr(&out, text.c_str()) != 0) return {};
  return out;
}

dsl::Result<Commit> commit_of(git_repository* repository, const git_oid& id) {
  git_commit* raw = nullptr;
  if (git_commit_lookup(&raw, repository, &id) == 0) return Commit(raw);
  return spoiled_cache(repository, "cannot read commit " + to_text(id));
}

/// The object itself: the one reader of commits is engine/source/commit_object.h.
dsl::Result<Json> facts_of(git_repository* repository, const git_oid& id) {
  const auto object = read_object(repository, id);
  if (!object) return object.error();
  return Json{{"commit", to_text(id)}, {"object", detail::json_text(*object)}};
}

/// A pinned commit needs no network once it is here.
dsl::Result<git_oid> fetch_pinned(git_repository* repository, const std::string& url,
                                  const std::string& commit, const Json& request,
                                  const Route& route) {
  git_oid id;
  if (commit.size() != GIT_OID_HEXSZ || git_oid_fromstr(&id, commit.c_str()) != 0) {
    return trouble(fmt::format("`{}` is no commit", commit), "write all 40 digits");
  }
  if (has_object(repository, id)) return id;
  auto connection = Connection::open(repository, url, route, patience_in(request));
  if (!connection) return connection.error();
  if (auto done = connection->fetch_all(); !done) return done.error();
  if (has_object(repository, id)) return id;
  return trouble(fmt::format("no branch or tag of {} leads to commit {}", url, commit));
}

/// The commit that is wanted, with its objects in the cache; those of `known` are not needed.
dsl::Result<git_oid> fetch_wanted(git_repository* repository, const Json& request,
                                  const Route& route) {
  const std::string url = detail::text_in(request, "url");
  const Reference wanted{detail::text_in(request, "branch"), detail::text_in(request, "tag"),
                         detail::text_in(request, "commit")};
  if (!wanted.commit.empty()) {
    return fetch_pinned(repository, url, wanted.commit, request, route);
  }
  auto connection = Connection::open(repository, url, route, patience_in(request));
  if (!connection) return connection.error();
  const auto tip = connection->find(wanted);
  if (!tip) return tip.error();
  const auto known = id_in(request, "known");
  if (known && git_oid_equal(&*known, &tip->commit) != 0) return tip->commit;
  if (has_object(repository, tip->commit)) return tip->commit;
  if (auto done = connection->fetch(*tip); !done) return done.error();
  return tip->commit;
}

dsl::Result<Json> describe(git_repository* repository, const git_oid& tip, const Json& request) {
  const auto commit = commit_of(repository, tip);
  if (!commit) return commit.error();
  if (auto checked = check_tree(commit->get()); !checked) return checked.error();
  const auto file = read_policy(repository, commit->get(), detail::text_in(request, "path"));
  if (!file) return file.error();
  const auto last = id_in(request, "last");
  const auto descent = descent_of(repository, tip, last ? &*last : nullptr);
  if (!descent) return descent.error();
  Json line = Json::array();
  const std::vector<git_oid> only_tip{tip};
  for (const git_oid& id : descent->line.empty() ? only_tip : descent->line) {
    auto facts = facts_of(repository, id);
    if (!facts) return facts.error();
    line.push_back(std::move(*facts));
  }
  return Json{{"commit", to_text(tip)},
              {"path", detail::json_text(file->path)},
              {"text", detail::json_text(file->text)},
              {"has_last", descent->has_last},
              {"descends", descent->descends},
              {"is_older", descent->is_older},
              {"line", std::move(line)}};
}

}  // namespace

dsl::Result<Json> pull(const Json& request) {
  const std::string url = detail::text_in(request, "url");
  if (auto wrong = wrong_address(url)) return std::move(*wrong);
  const auto cache = place_of_cache(request);
  if (!cache) return cache.error();
  const auto route = route_for(request, url);
  if (!route) return route.error();
  if (detail::text_in(request, "commit").empty()) connect_early(url);
  start_git(*route);
  const auto repository = open_cache(*cache, url, patience_in(request));
  if (!repository) return repository.error();
  const auto tip = fetch_wanted(repository->get(), request, *route);
  if (!tip) return tip.error();
  const auto known = id_in(request, "known");
  if (known && git_oid_equal(&*known, &*tip) != 0) {
    return Json{{"commit", to_text(*tip)}, {"same", true}};
  }
  return describe(repository->get(), *tip, request);
}

dsl::Result<Json> read_file(const Json& request) {
  const auto cache = place_of_cache(request);
  if (!cache) return cache.error();
  start_git({});
  const auto repository = open_cache(*cache, detail::text_in(request, "url"), patience_in(request));
  if (!repository) return repository.error();
  const auto id = id_in(request, "commit");
  if (!id) return trouble("the request names no commit");
  const auto commit = commit_of(repository->get(), *id);
  if (!commit) return commit.error();
  const auto file = read_policy(repository->get(), commit->get(), detail::text_in(request, "path"));
  if (!file) return file.error();
  return Json{{"text", detail::json_text(file->text)}};
}

}  // namespace gopol::engine::net
