#include "engine/net/git/blame.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <ctime>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "engine/net/git/cache.h"
#include "engine/net/git/git.h"
#include "engine/net/git/objects.h"
#include "engine/source/blame_json.h"
#include "engine/source/commit_object.h"

namespace gopol::engine::net {
namespace {

constexpr std::size_t longest_message = 16 << 10;  // bytes that are kept

using BlameHandle = std::unique_ptr<git_blame, FreeWith<git_blame_free>>;

class Blaming {
 public:
  Blaming(git_repository* repository, const git_oid& tip) : repository_(repository), tip_(tip) {}

  dsl::Result<dsl::Done> add(const std::string& path) {
    git_blame_options options;
    git_blame_options_init(&options, GIT_BLAME_OPTIONS_VERSION);
    options.newest_commit = tip_;
    git_blame* raw = nullptr;
    if (git_blame_file(&raw, repository_, path.c_str(), &options) != 0)
      return git_trouble(fmt::format("cannot tell who wrote `{}`", path));
    const BlameHandle lines(raw);
    BlamedFile file{path, {}};
    for (std::uint32_t i = 0; i < git_blame_get_hunk_count(raw); ++i) {
      const git_blame_hunk* hunk = git_blame_get_hunk_byindex(raw, i);
      const auto commit = index_of(hunk->final_commit_id);
      if (!commit) return commit.error();
      file.runs.push_back({static_cast<std::uint32_t>(hunk->lines_in_hunk), *commit});
    }
    out_.files.push_back(std::move(file));
    return dsl::Done{};
  }

  Json answer() const { return detail::json_of(out_); }

 private:
  dsl::Result<std::uint32_t> index_of(const git_oid& id) {
    const std::string name = to_text(id);
    const auto known = index_.find(name);
    if (known != index_.end()) return known->second;
    const auto object = read_object(repository_, id);
    if (!object) return object.error();
    const auto commit = read_commit(name, *object);
    if (!commit) return commit.error();
    out_.commits.push_back(
        {name, commit->author, commit->authored, commit->message.substr(0, longest_message)});
    const auto index = static_cast<std::uint32_t>(out_.commits.size() - 1);
    index_.emplace(name, index);
    return index;
  }

  git_repository* repository_;
  git_oid tip_;
  Blame out_;
  std::map<std::string, std::uint32_t> index_;
};

}  // namespace

dsl::Result<Json> blame(const Json& request) {
  const auto cache = place_of_cache(request);
  if (!cache) return cache.error();
  start_git({});
  const auto repository = open_cache(*cache, detail::text_in(request, "url"), patience_in(request));
  if (!repository) return repository.error();
  git_oid tip;
  if (git_oid_fromstr(&tip, detail::text_in(request, "commit").c_str()) != 0)
    return trouble("the request names no commit");
  const Json* paths = detail::find(request, "paths");
  if (paths == nullptr || !paths->is_array()) return trouble("the request names no files");
  Blaming out(repository->get(), tip);
  for (const Json& one : *paths) {
    const auto path = detail::bytes_of(one);
    if (!path) return trouble("the request names no files");
    if (auto done = out.add(*path); !done) return done.error();
  }
  return out.answer();
}

}  // namespace gopol::engine::net
