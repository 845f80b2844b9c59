#include "engine/net/git/remote.h"

#include <fmt/format.h>

#include <optional>
#include <string_view>
#include <utility>

#include "engine/encoding/sha256.h"
#include "engine/net/answer.h"
#include "engine/net/git/cache.h"
#include "engine/net/git/socket.h"
#include "engine/net/stop.h"

namespace gopol::engine::net {
namespace {

constexpr std::size_t ref_name_length = 32;                     // hexadecimal digits: 128 bits
constexpr std::size_t largest_transfer = std::size_t{1} << 30;  // bytes
constexpr const char* reach_help =
    "check the address, the network, `proxy` and `ca` in `[download]` of gopol.toml";
constexpr const char* host_help =
    "compare the host's key with one you were told, then add it to ~/.ssh/known_hosts";

int on_progress(const git_indexer_progress* progress, void*) {
  is_alive();
  say_progress(progress->received_bytes, 0, "policy");
  if (progress->received_bytes > largest_transfer) {
    git_error_set_str(GIT_ERROR_NET, "more than 1 GiB came");
    return -1;
  }
  return is_stopped() ? -1 : 0;
}

int on_message(const char*, int, void*) {
  is_alive();
  return is_stopped() ? -1 : 0;
}

void set_callbacks(git_remote_callbacks& callbacks, Credentials& credentials) {
  callbacks.transfer_progress = on_progress;
  callbacks.sideband_progress = on_message;
  callbacks.credentials = Credentials::acquire;
  callbacks.payload = &credentials;
}

void set_proxy(git_proxy_options& proxy, const Route& route) {
  proxy.type = route.proxy.empty() ? GIT_PROXY_AUTO : GIT_PROXY_SPECIFIED;
  proxy.url = route.proxy.empty() ? nullptr : route.proxy.c_str();
}

/// Whether the last failure says only that nobody answered.
bool nobody_answered(int code) {
  const git_error* last = git_error_last();
  if (last == nullptr || code == GIT_EAUTH || code == GIT_ECERTIFICATE) return false;
  const std::string_view message = last->message;
  if (last->klass == GIT_ERROR_HTTP) return message.find("status code: 5") != message.npos;
  if (last->klass == GIT_ERROR_SSL) return message.find("ertificate") == message.npos;
  return last->klass == GIT_ERROR_NET || last->klass == GIT_ERROR_OS;
}

dsl::Diagnostic refused(int code, const std::string& what, const std::string& help) {
  dsl::Diagnostic out = git_trouble(what, help);
  if (nobody_answered(code)) out.code = "R4007";
  return out;
}

/// The first names that begin with `prefix`, without it.
std::string names_in(git_remote* remote, std::string_view prefix) {
  constexpr std::size_t most = 10;
  const git_remote_head** heads = nullptr;
  std::size_t count = 0, named = 0;
  std::string out;
  if (git_remote_ls(&heads, &count, remote) != 0) return out;
  for (std::size_t i = 0; i < count && named < most; ++i) {
    const std::string_view name = heads[i]->name;
    if (!name.starts_with(prefix) || name.ends_with("^{}")) continue;
    out += fmt::format("{}{}", named++ == 0 ? "" : ", ", name.substr(prefix.size()));
  }
  return out;
}

/// The commit of a reference, through the object of an annotated tag.
std::optional<git_oid> announced(git_remote* remote, const std::string& name) {
  const git_remote_head** heads = nullptr;
  std::size_t count = 0;
  if (git_remote_ls(&heads, &count, remote) != 0) return {};
  std::optional<git_oid> out;
  for (std::size_t i = 0; i < count; ++i) {
    if (heads[i]->name == name + "^{}") return heads[i]->oid;
    if (heads[i]->name == name) out = heads[i]->oid;
  }
  return out;
}

/// Under a name that no branch of the remote can collide with.
std::string kept_as(const std::string& name) {
  return "refs/gopol/" + sha256(name).substr(0, ref_name_length);
}

dsl::Diagnostic nowhere(const std::string& url, const std::string& kind, const std::string& name,
                        const std::string& there) {
  return trouble(fmt::format("{} has no {} `{}`", url, kind, name),
                 there.empty() ? fmt::format("it has no {}", kind)
                               : fmt::format("set `{}`; it has: {}", kind, there));
}

}  // namespace

bool is_known_address(std::string_view url) {
  for (const std::string_view start :
       {"https://", "http://", "ssh://", "git://", "file:///", "/"}) {
    if (url.starts_with(start)) return url.size() > start.size();
  }
  const std::size_t at = url.find('@'), colon = url.find(':');
  return at != url.npos && colon != url.npos && at > 0 && at < colon && colon + 1 < url.size() &&
         url.find('/') > colon;
}

void watch_for(const std::string& url, std::chrono::milliseconds patience) {
  watch(patience, error_line(unreachable(
                      fmt::format("{} said nothing for {} s", url, patience.count() / 1000),
                      "try again; `patience` in `[download]` of gopol.toml is how long we wait")));
}

dsl::Result<Connection> Connection::open(git_repository* repository, const std::string& url,
                                         const Route& route, std::chrono::milliseconds patience) {
  Connection out;
  out.repository_ = repository;
  out.url_ = url;
  out.route_ = route;
  const bool is_ssh = !url.starts_with("http") && !url.starts_with("git://");
  if (!is_ssh) use_own_sockets();
  watch_for(url, patience);
  if (auto connected = out.connect(); !connected) return connected.error();
  return out;
}

dsl::Result<dsl::Done> Connection::connect() {
  git_remote_create_options create;
  git_remote_create_options_init(&create, GIT_REMOTE_CREATE_OPTIONS_VERSION);
  create.repository = repository_;
  create.flags = GIT_REMOTE_CREATE_SKIP_INSTEADOF | GIT_REMOTE_CREATE_SKIP_DEFAULT_FETCHSPEC;
  git_remote* raw = nullptr;
  if (git_remote_create_with_opts(&raw, url_.c_str(), &create) != 0) {
    return git_trouble(fmt::format("`{}` is no address", url_));
  }
  remote_.reset(raw);
  credentials_ = std::make_unique<Credentials>(url_);
  git_remote_connect_options options;
  git_remote_connect_options_init(&options, GIT_REMOTE_CONNECT_OPTIONS_VERSION);
  set_callbacks(options.callbacks, *credentials_);
  set_proxy(options.proxy_opts, route_);
  options.follow_redirects = GIT_REMOTE_REDIRECT_NONE;  // who we are is for this host alone
  is_alive();
  const int code = git_remote_connect_ext(raw, GIT_DIRECTION_FETCH, &options);
  is_alive();
  if (code != 0) {
    const git_error* last = git_error_last();
    const bool unknown_host =
        last != nullptr && last->klass == GIT_ERROR_SSH &&
        std::string_view(last->message).find("hostkey") != std::string_view::npos;
    return refused(code, "cannot reach " + url_, unknown_host ? host_help : reach_help);
  }
  return dsl::Done{};
}

dsl::Result<Tip> Connection::find(const Reference& wanted) const {
  git_remote* remote = remote_.get();
  if (!wanted.tag.empty()) {
    const std::string name = "refs/tags/" + wanted.tag;
    if (const auto id = announced(remote, name)) return Tip{*id, name};
    return nowhere(url_, "tag", wanted.tag, names_in(remote, "refs/tags/"));
  }
  const std::string name = wanted.branch.empty() ? "HEAD" : "refs/heads/" + wanted.branch;
  if (const auto id = announced(remote, name)) return Tip{*id, name};
  const std::string branches = names_in(remote, "refs/heads/");
  if (branches.empty()) return trouble(fmt::format("{} has no commit", url_));
  if (!wanted.branch.empty()) return nowhere(url_, "branch", wanted.branch, branches);
  return trouble(fmt::format("{} does not say which branch is its default", url_),
                 fmt::format("set `branch`; it has: {}", branches));
}

dsl::Result<dsl::Done> Connection::fetch(std::vector<std::string> refspecs) {
  git_fetch_options options;
  git_fetch_options_init(&options, GIT_FETCH_OPTIONS_VERSION);
  set_callbacks(options.callbacks, *credentials_);
  set_proxy(options.proxy_opts, route_);
  options.download_tags = GIT_REMOTE_DOWNLOAD_TAGS_NONE;
  options.update_fetchhead = 0;
  options.follow_redirects = GIT_REMOTE_REDIRECT_NONE;
  std::vector<char*> texts;
  for (std::string& refspec : refspecs) texts.push_back(refspec.data());
  const git_strarray list{texts.data(), texts.size()};
  is_alive();
  const int code = git_remote_fetch(remote_.get(), &list, &options, nullptr);
  is_alive();
  if (const auto bytes = git_remote_stats(remote_.get())->received_bytes; bytes > 0)
    say_progress(bytes, bytes, "policy");
  if (code != 0) {
    return refused(code, "cannot fetch from " + url_, "the cache is as it was; try again");
  }
  return dsl::Done{};
}

dsl::Result<dsl::Done> Connection::fetch(const Tip& tip) {
  auto done = fetch(std::vector{"+" + tip.name + ":" + kept_as(tip.name)});
  if (done && has_object(repository_, tip.commit)) return done;
  const bool unheard =
      !done && dsl::kind_of(done.error().front()) == dsl::DiagnosticKind::unreachable;
  if (unheard && !connect()) return done;
  const auto now = announced(remote_.get(), tip.name);
  if (!done && now && git_oid_equal(&*now, &tip.commit) != 0) return done;
  return dsl::problem("T6011",
                      fmt::format("{} announced commit {} and did not hand it out", url_,
                                  to_text(tip.commit).substr(0, 7)),
                      "nothing was changed; pull again: if it stays so, ask who runs the server");
}

dsl::Result<dsl::Done> Connection::fetch_all() {
  return fetch(std::vector<std::string>{"+refs/heads/*:refs/gopol/heads/*",
                                        "+refs/tags/*:refs/gopol/tags/*"});
}

}  // namespace gopol::engine::net
