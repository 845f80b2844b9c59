#include "engine/net/git_cache.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <optional>
#include <string_view>
#include <utility>

#include "engine/descriptor.h"
#include "engine/net/answer.h"
#include "engine/net/stop.h"
#include "engine/sha256.h"
#include "engine/tree.h"
#include "engine/write_file.h"

namespace gopol::engine::net {
namespace {

constexpr std::size_t name_length = 32;  // hexadecimal digits of a SHA-256: 128 bits
constexpr int connect_patience = 10'000, silence_patience = 30'000;  // ms

int on_progress(const git_indexer_progress* progress, void*) {
  say_progress(progress->received_objects, progress->total_objects, "policy objects");
  return is_stopped() ? -1 : 0;
}

/// No password is ever asked for: what is not open to us is not reachable.
int on_credentials(git_credential**, const char* url, const char*, unsigned, void*) {
  git_error_set_str(GIT_ERROR_HTTP, fmt::format("{} asks for a password", url).c_str());
  return GIT_EAUTH;
}

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

void set_callbacks(git_remote_callbacks& callbacks) {
  callbacks.transfer_progress = on_progress;
  callbacks.credentials = on_credentials;
}

void set_proxy(git_proxy_options& proxy, const Route& route) {
  proxy.type = route.proxy.empty() ? GIT_PROXY_AUTO : GIT_PROXY_SPECIFIED;
  proxy.url = route.proxy.empty() ? nullptr : route.proxy.c_str();
}

/// What the remote's list says of the branch we want.
struct Tip {
  git_oid id;
  std::string name;  ///< refs/heads/main, or HEAD if it is on no branch
};

std::optional<Tip> tip_in(const git_remote_head** heads, std::size_t count,
                          const std::string& name) {
  for (std::size_t i = 0; i < count; ++i) {
    if (name == heads[i]->name) return Tip{heads[i]->oid, name};
  }
  return {};
}

std::string branches_in(const git_remote_head** heads, std::size_t count) {
  constexpr std::string_view prefix = "refs/heads/";
  constexpr std::size_t most = 10;
  std::string out;
  std::size_t named = 0;
  for (std::size_t i = 0; i < count && named < most; ++i) {
    const std::string_view name = heads[i]->name;
    if (!name.starts_with(prefix)) continue;
    out += fmt::format("{}{}", named++ == 0 ? "" : ", ", name.substr(prefix.size()));
  }
  return out;
}

dsl::Result<Tip> find_tip(git_remote* remote, const std::string& url, const std::string& branch) {
  const git_remote_head** heads = nullptr;
  std::size_t count = 0;
  if (git_remote_ls(&heads, &count, remote) != 0) return git_trouble("cannot list " + url);
  if (auto tip = tip_in(heads, count, branch.empty() ? "HEAD" : "refs/heads/" + branch))
    return *tip;
  const std::string branches = branches_in(heads, count);
  if (branches.empty()) return trouble(fmt::format("{} has no commit", url));
  return trouble(branch.empty() ? fmt::format("{} does not say which branch is its default", url)
                                : fmt::format("{} has no branch `{}`", url, branch),
                 fmt::format("set `branch`; it has: {}", branches));
}

bool has(git_repository* repository, const git_oid& id) {
  git_odb* raw = nullptr;
  if (git_repository_odb(&raw, repository) != 0) return false;
  const Odb odb(raw);
  return git_odb_exists(odb.get(), &id) == 1;
}

/// Under a name that no branch of the remote can collide with.
std::string kept_as(const std::string& name) {
  return "refs/gopol/" + sha256(name).substr(0, name_length);
}

dsl::Result<Remote> connected(git_repository* repository, const std::string& url,
                              const Route& route) {
  git_remote_create_options create;
  git_remote_create_options_init(&create, GIT_REMOTE_CREATE_OPTIONS_VERSION);
  create.repository = repository;
  create.flags = GIT_REMOTE_CREATE_SKIP_INSTEADOF | GIT_REMOTE_CREATE_SKIP_DEFAULT_FETCHSPEC;
  git_remote* raw = nullptr;
  if (git_remote_create_with_opts(&raw, url.c_str(), &create) != 0) {
    return git_trouble(fmt::format("`{}` is no address", url));
  }
  Remote remote(raw);
  git_remote_callbacks callbacks;
  git_remote_init_callbacks(&callbacks, GIT_REMOTE_CALLBACKS_VERSION);
  set_callbacks(callbacks);
  git_proxy_options proxy;
  git_proxy_options_init(&proxy, GIT_PROXY_OPTIONS_VERSION);
  set_proxy(proxy, route);
  if (git_remote_connect(raw, GIT_DIRECTION_FETCH, &callbacks, &proxy, nullptr) != 0) {
    return git_trouble(
        "cannot reach " + url,
        "check the address, the network, `proxy` and `ca` in `[download]` of gopol.toml");
  }
  return remote;
}

dsl::Result<dsl::Done> fetch(git_remote* remote, const std::string& name, const std::string& url,
                             const Route& route) {
  git_fetch_options options;
  git_fetch_options_init(&options, GIT_FETCH_OPTIONS_VERSION);
  set_callbacks(options.callbacks);
  set_proxy(options.proxy_opts, route);
  options.download_tags = GIT_REMOTE_DOWNLOAD_TAGS_NONE;
  options.update_fetchhead = 0;
  std::string refspec = "+" + name + ":" + kept_as(name);
  char* texts[] = {refspec.data()};
  const git_strarray refspecs{texts, 1};
  if (git_remote_fetch(remote, &refspecs, &options, nullptr) != 0) {
    return git_trouble("cannot fetch from " + url, "the cache is as it was; try again");
  }
  return dsl::Done{};
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
#if LIBGIT2_VER_MAJOR > 1 || LIBGIT2_VER_MINOR >= 7
  git_libgit2_opts(GIT_OPT_SET_SERVER_CONNECT_TIMEOUT, connect_patience);
  git_libgit2_opts(GIT_OPT_SET_SERVER_TIMEOUT, silence_patience);
#else
  (void)connect_patience, (void)silence_patience;  // gopol's own deadline ends it
#endif
  if (!route.ca.empty()) trust(route.ca);
}

dsl::Result<Repository> open_cache(const std::string& cache, const std::string& url) {
  const std::string folder = cache + "/" + sha256(url).substr(0, name_length);
  git_repository* raw = nullptr;
  if (git_repository_open_bare(&raw, folder.c_str()) == 0) return Repository(raw);
  remove_real_tree(folder);
  if (const int error = make_real_folder(cache, {.mode = 0700})) {
    return trouble(fmt::format("cannot make the cache `{}`: {}", cache, std::strerror(error)));
  }
  if (git_repository_init(&raw, folder.c_str(), 1) == 0) return Repository(raw);
  return git_trouble(fmt::format("cannot make the cache `{}`", folder));
}

dsl::Result<git_oid> fetch_tip(git_repository* repository, const std::string& url,
                               const std::string& branch, const Route& route) {
  const auto remote = connected(repository, url, route);
  if (!remote) return remote.error();
  const auto tip = find_tip(remote->get(), url, branch);
  if (!tip) return tip.error();
  if (has(repository, tip->id)) return tip->id;
  if (auto done = fetch(remote->get(), tip->name, url, route); !done) return done.error();
  if (has(repository, tip->id)) return tip->id;
  return trouble(fmt::format("{} moved while it was fetched", url), "try again");
}

}  // namespace gopol::engine::net
