#include "engine/net/git/cache.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <string_view>
#include <utility>

#include "engine/encoding/sha256.h"
#include "engine/net/answer.h"
#include "engine/net/git/cache_litter.h"
#include "engine/real/descriptor.h"
#include "engine/real/disk_tree.h"
#include "engine/real/write_file.h"

namespace gopol::engine::net {
namespace {

constexpr std::size_t name_length = 32;  // hexadecimal digits of a SHA-256: 128 bits
constexpr const char* cache_help = "it was removed: pull again, and all is fetched anew";
// Of a repository while it is made, and while it is removed: neither is ever taken for a whole one.
constexpr const char *unfinished = ".new", *condemned = ".gone";
constexpr std::size_t most_cached = std::size_t{16} << 20;  // bytes of objects, and of packs mapped
constexpr std::string_view configuration =
    "[core]\n\trepositoryformatversion = 0\n\tfilemode = true\n\tbare = true\n";

/// libgit2 reads certificates from a file alone, at once, and forgets the system's.
void trust(const std::string& certificates) {
  std::string name = "/tmp/gopol-certificates-XXXXXX";
  const Descriptor file(::mkstemp(name.data()));
  if (!file) return;
  if (write_all(file.number(), certificates) == 0) {
    git_libgit2_opts(GIT_OPT_SET_SSL_CERT_LOCATIONS, name.c_str(), nullptr);
  }
  ::unlink(name.c_str());
}

bool holds(const std::string& file, std::string_view content) {
  const Descriptor open = open_file(file, O_RDONLY | O_NOFOLLOW);
  std::string found;
  return open && read_some(open.number(), 0, content.size() + 1, found) == 0 && found == content;
}

/// What could make a repository mean something else than its objects say.
constexpr const char* misleading[] = {"hooks",     "info",       "commondir",       "gitdir",
                                      "shallow",   "modules",    "config.worktree", "objects/info",
                                      "worktrees", "description"};

/// A new one has only what we put there.
int strip(const std::string& folder) {
  for (const char* name : misleading) remove_real_tree(folder + "/" + name);
  return replace_file(folder + "/config", configuration, {.mode = 0600});
}

/// The first thing in it that is not ours; empty: all is.
std::string not_ours(const std::string& folder) {
  struct stat status {};
  for (const char* name : misleading) {
    if (::lstat((folder + "/" + name).c_str(), &status) == 0) return name;
  }
  return holds(folder + "/config", configuration) ? "" : "config";
}

/// Killed amid this, it leaves nothing that looks like a cache.
void remove_whole(std::string folder) {
  while (folder.ends_with('/')) folder.pop_back();
  const std::string gone = folder + condemned;
  remove_real_tree(gone);
  remove_real_tree(::rename(folder.c_str(), gone.c_str()) == 0 ? gone : folder);
}

dsl::Result<Repository> make_cache(const std::string& folder) {
  const std::string fresh = folder + unfinished;
  remove_real_tree(fresh);
  const std::string what = fmt::format("cannot make the cache `{}`", folder);
  git_repository* raw = nullptr;
  if (git_repository_init(&raw, fresh.c_str(), 1) != 0) return git_trouble(what);
  git_repository_free(raw);
  if (const int error = strip(fresh)) return trouble(fmt::format("{}: {}", what, reason(error)));
  if (::rename(fresh.c_str(), folder.c_str()) != 0)
    return trouble(fmt::format("{}: {}", what, reason(errno)));
  if (git_repository_open_bare(&raw, folder.c_str()) != 0) return git_trouble(what);
  return Repository(raw);
}

}  // namespace

dsl::Diagnostic git_trouble(const std::string& what, std::string help) {
  const git_error* last = git_error_last();
  const std::string why =
      last != nullptr && last->message != nullptr ? last->message : "no reason given";
  return trouble(fmt::format("{}: {}", what, why), std::move(help));
}

std::string to_text(const git_oid& id) {
  char text[GIT_OID_HEXSZ + 1] = {};
  git_oid_tostr(text, sizeof text, &id);
  return text;
}

void start_git(const Route& route) {
  git_libgit2_init();
  for (const int level : {GIT_CONFIG_LEVEL_SYSTEM, GIT_CONFIG_LEVEL_XDG, GIT_CONFIG_LEVEL_GLOBAL,
                          GIT_CONFIG_LEVEL_PROGRAMDATA}) {
    git_libgit2_opts(GIT_OPT_SET_SEARCH_PATH, level, "");
  }
  // Only objects are read, and nothing in a repository is run: whose it is does not matter.
  git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 0);
  git_libgit2_opts(GIT_OPT_ENABLE_STRICT_HASH_VERIFICATION, 1);
  git_libgit2_opts(GIT_OPT_SET_CACHE_MAX_SIZE, static_cast<ssize_t>(most_cached));
  git_libgit2_opts(GIT_OPT_SET_MWINDOW_SIZE, most_cached / 2);
  git_libgit2_opts(GIT_OPT_SET_MWINDOW_MAPPED_LIMIT, most_cached);
  if (!route.ca.empty()) trust(route.ca);
}

std::string cache_of(const std::string& cache, const std::string& url) {
  return cache + "/" + sha256(url).substr(0, name_length);
}

dsl::Result<Repository> open_cache(const std::string& cache, const std::string& url,
                                   std::chrono::milliseconds patience) {
  const std::string folder = cache_of(cache, url);
  if (const int error = make_real_folder(cache, {.mode = 0700})) {
    return trouble(fmt::format("cannot make the cache `{}`: {}", cache, reason(error)));
  }
  if (auto alone = hold_cache(cache, patience); !alone) return alone.error();
  remove_real_tree(folder + condemned);
  git_repository* raw = nullptr;
  if (::access(folder.c_str(), F_OK) == 0) {
    if (const std::string name = not_ours(folder); !name.empty()) {
      remove_whole(folder);
      return dsl::problem(
          "T6011", fmt::format("the cache was spoiled: somebody wrote its `{}`", name), cache_help);
    }
    sweep_cache(folder);
    if (git_repository_open_bare(&raw, folder.c_str()) == 0) return Repository(raw);
    remove_whole(folder);
  }
  return make_cache(folder);
}

bool has_object(git_repository* repository, const git_oid& id) {
  git_odb* raw = nullptr;
  if (git_repository_odb(&raw, repository) != 0) return false;
  const Odb odb(raw);
  return git_odb_exists(odb.get(), &id) == 1;
}

dsl::Diagnostic spoiled_cache(git_repository* repository, const std::string& what) {
  const char* folder = git_repository_path(repository);
  if (folder == nullptr) {  // somebody's own
    return git_trouble(what, "a shallow or partial clone lacks objects: fetch them with git");
  }
  const dsl::Diagnostic why = git_trouble(what);
  remove_whole(folder);
  return dsl::problem("T6011", "the cache was spoiled: " + why.message, cache_help);
}

}  // namespace gopol::engine::net
