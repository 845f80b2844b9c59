#include "engine/net/git/remote.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <optional>
#include <string_view>
#include <utility>

#include "engine/encoding/sha256.h"
#include "engine/net/answer.h"
#include "engine/net/git/cache.h"
#include "engine/net/git/fault.h"
#include "engine/net/git/socket.h"
#include "engine/net/stop.h"

namespace gopol::engine::net {
namespace {

constexpr std::size_t ref_name_length = 32;  // hexadecimal digits: 128 bits
constexpr std::size_t most_references = 200'000;
constexpr std::size_t largest_transfer = std::size_t{1} << 30;  // bytes
constexpr const char* reach_help =
    "check the address, the network, `proxy` and `ca` in `[download]` of gopol.toml";
constexpr const char* host_help =
    "compare the host's key with one you were told, then add it to ~/.ssh/known_hosts";

/// A server has `patience` for so many bytes of objects, and we for so many of its deltas.
constexpr std::size_t bytes_in_time = 1024;
constexpr unsigned deltas_in_time = 100;

/// How far the objects are; libgit2 calls us while they come, and while it unpacks them.
struct Course {
  const std::string& url;
  std::chrono::milliseconds patience;
  Credentials& credentials;
  std::size_t bytes = 0;
  unsigned deltas = 0;
  bool unpacks = false;
};

void watch_unpacking(Course& course, const git_indexer_progress& progress) {
  if (!course.unpacks) {
    course.unpacks = true;
    const std::string message = fmt::format("what {} sent is not unpacked within {} s", course.url,
                                            course.patience.count() / 1000);
    watch(course.patience, error_line(dsl::problem("T6009", message, "ask who runs the server")));
  }
  if (progress.indexed_deltas < course.deltas + deltas_in_time) return;
  course.deltas = progress.indexed_deltas;
  is_alive();
}

int on_progress(const git_indexer_progress* progress, void* payload) {
  Course& course = *static_cast<Course*>(payload);
  heard(progress->received_bytes - std::min(course.bytes, progress->received_bytes));
  course.bytes = progress->received_bytes;
  if (progress->total_objects > 0 && progress->received_objects == progress->total_objects)
    watch_unpacking(course, *progress);
  say_progress(progress->received_bytes, 0, "policy");
  if (progress->received_bytes > largest_transfer) {
    git_error_set_str(GIT_ERROR_NET, "more than 1 GiB came");
    return -1;
  }
  return is_stopped() ? -1 : 0;
}

int on_message(const char*, int size, void*) {
  heard(static_cast<std::size_t>(std::max(size, 0)));
  return is_stopped() ? -1 : 0;
}

int on_question(git_credential** out, const char* url, const char* user, unsigned allowed,
                void* payload) {
  return Credentials::acquire(out, url, user, allowed, &static_cast<Course*>(payload)->credentials);
}

void set_callbacks(git_remote_callbacks& callbacks, Course& course) {
  callbacks.transfer_progress = on_progress;
  callbacks.sideband_progress = on_message;
  callbacks.credentials = on_question;
  callbacks.payload = &course;
}

void set_proxy(git_proxy_options& proxy, const Route& route) {
  proxy.type = route.proxy.empty() ? GIT_PROXY_AUTO : GIT_PROXY_SPECIFIED;
  proxy.url = route.proxy.empty() ? nullptr : route.proxy.c_str();
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

namespace {

/// From now on, R4007 if `url` does not say so much within `patience`.
void watch_for(const std::string& url, std::chrono::milliseconds patience, std::size_t toll) {
  const char* help = "try again; `patience` in `[download]` of gopol.toml is how long we wait";
  const auto why = fmt::format("{} said nothing for {} s{}", url, patience.count() / 1000,
                               toll > 0 ? fmt::format(", or less than {} bytes", toll) : "");
  watch(patience, error_line(unreachable(why, help)), toll);
}

}  // namespace

dsl::Result<Connection> Connection::open(git_repository* repository, const std::string& url,
                                         const Route& route, std::chrono::milliseconds patience) {
  Connection out;
  out.repository_ = repository;
  out.url_ = url;
  out.route_ = route;
  out.patience_ = patience;
  if (const auto folder = local_folder(url)) {
    if (auto opened = out.open_local(*folder); !opened) return opened.error();
    return out;
  }
  const bool is_ssh = !url.starts_with("http") && !url.starts_with("git://");
  if (!is_ssh) use_own_sockets();
  if (auto connected = out.connect(); !connected) return connected.error();
  return out;
}

/// A folder that is away may be on a disk that is; one that is no repository is.
dsl::Result<dsl::Done> Connection::open_local(const std::string& folder) {
  const ReadingInTime in_time(url_, patience_);
  local_ = LocalRepository::open(folder);
  if (local_) return dsl::Done{};
  const std::string what = fmt::format("cannot reach {}: ", url_);
  if (::access(folder.c_str(), F_OK) != 0) {
    const std::string why =
        fmt::format("failed to resolve path '{}': {}", folder, std::strerror(errno));
    const bool away = errno == ENOENT || errno == ENOTDIR;
    return away ? unreachable(what + why, reach_help) : trouble(what + why, reach_help);
  }
  return trouble(fmt::format("{}`{}` is not a git repository that can be read", what, folder));
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
  Course course{url_, patience_, *credentials_};
  git_remote_connect_options options;
  git_remote_connect_options_init(&options, GIT_REMOTE_CONNECT_OPTIONS_VERSION);
  set_callbacks(options.callbacks, course);
  set_proxy(options.proxy_opts, route_);
  options.follow_redirects = GIT_REMOTE_REDIRECT_NONE;  // who we are is for this host alone
  expect_list();
  watch_for(url_, patience_, 0);
  const int code = git_remote_connect_ext(raw, GIT_DIRECTION_FETCH, &options);
  watch(std::chrono::milliseconds(0), "");
  if (code != 0) {
    const git_error* last = git_error_last();
    const bool unknown_host =
        last != nullptr && last->klass == GIT_ERROR_SSH &&
        std::string_view(last->message).find("hostkey") != std::string_view::npos;
    return fault_of(code, url_, "cannot reach " + url_, unknown_host ? host_help : reach_help);
  }
  const git_remote_head** heads = nullptr;
  std::size_t count = 0;
  if (git_remote_ls(&heads, &count, raw) == 0 && count <= most_references) return dsl::Done{};
  return dsl::problem("T6009", fmt::format("{} has {} references", url_, count),
                      fmt::format("at most {} are read", most_references));
}

/// What the remote says of a reference; of an annotated tag: the commit that it is of.
std::optional<git_oid> Connection::announced(const std::string& name) const {
  if (local_) {
    const ReadingInTime in_time(url_, patience_);
    return local_->commit(name);
  }
  const git_remote_head** heads = nullptr;
  std::size_t count = 0;
  if (git_remote_ls(&heads, &count, remote_.get()) != 0) return {};
  std::optional<git_oid> out;
  for (std::size_t i = 0; i < count; ++i) {
    if (heads[i]->name == name + "^{}") return heads[i]->oid;
    if (heads[i]->name == name) out = heads[i]->oid;
  }
  return out;
}

std::vector<std::string> Connection::names(const std::string& prefix) const {
  if (local_) return local_->names(prefix);
  const git_remote_head** heads = nullptr;
  std::size_t count = 0;
  std::vector<std::string> out;
  if (git_remote_ls(&heads, &count, remote_.get()) != 0) return out;
  for (std::size_t i = 0; i < count; ++i) {
    const std::string_view name = heads[i]->name;
    if (name.starts_with(prefix) && !name.ends_with("^{}")) out.emplace_back(name);
  }
  return out;
}

/// For a message, without the prefix.
std::string Connection::first_names(const std::string& prefix) const {
  constexpr std::size_t most = 10;
  auto all = names(prefix);
  all.resize(std::min(all.size(), most));
  for (std::string& name : all) name.erase(0, prefix.size());
  return fmt::format("{}", fmt::join(all, ", "));
}

dsl::Result<Tip> Connection::find(const Reference& wanted) const {
  if (!wanted.tag.empty()) {
    const std::string name = "refs/tags/" + wanted.tag;
    if (const auto id = announced(name)) return Tip{*id, name};
    return nowhere(url_, "tag", wanted.tag, first_names("refs/tags/"));
  }
  const std::string name = wanted.branch.empty() ? "HEAD" : "refs/heads/" + wanted.branch;
  if (const auto id = announced(name)) return Tip{*id, name};
  const std::string branches = first_names("refs/heads/");
  if (branches.empty()) return trouble(fmt::format("{} has no commit", url_));
  if (!wanted.branch.empty()) return nowhere(url_, "branch", wanted.branch, branches);
  return trouble(fmt::format("{} does not say which branch is its default", url_),
                 fmt::format("set `branch`; it has: {}", branches));
}

dsl::Result<dsl::Done> Connection::fetch_names(const std::vector<std::string>& names) {
  if (local_) return copy_names(names);
  Course course{url_, patience_, *credentials_};
  git_fetch_options options;
  git_fetch_options_init(&options, GIT_FETCH_OPTIONS_VERSION);
  set_callbacks(options.callbacks, course);
  set_proxy(options.proxy_opts, route_);
  options.download_tags = GIT_REMOTE_DOWNLOAD_TAGS_NONE;
  options.update_fetchhead = 0;
  options.follow_redirects = GIT_REMOTE_REDIRECT_NONE;
  std::vector<std::string> refspecs;
  for (const std::string& name : names) refspecs.push_back("+" + name + ":" + kept_as(name));
  std::vector<char*> texts;
  for (std::string& refspec : refspecs) texts.push_back(refspec.data());
  const git_strarray list{texts.data(), texts.size()};
  expect_objects();
  watch_for(url_, patience_, bytes_in_time);
  const int code = git_remote_fetch(remote_.get(), &list, &options, nullptr);
  watch(std::chrono::milliseconds(0), "");
  if (const auto bytes = git_remote_stats(remote_.get())->received_bytes; bytes > 0)
    say_progress(bytes, bytes, "policy");
  if (code != 0) {
    return fault_of(code, url_, "cannot fetch from " + url_, "the cache is as it was; try again");
  }
  return dsl::Done{};
}

dsl::Result<dsl::Done> Connection::copy_names(const std::vector<std::string>& names) {
  const ReadingInTime in_time(url_, patience_);
  std::vector<git_oid> tips, known;
  for (const std::string& name : names) {
    git_oid kept;
    if (git_reference_name_to_id(&kept, repository_, kept_as(name).c_str()) == 0 &&
        has_object(repository_, kept))
      known.push_back(kept);
    if (const auto tip = local_->commit(name)) tips.push_back(*tip);
  }
  if (auto copied = copy_objects(*local_, repository_, tips, known); !copied) return copied;
  for (const std::string& name : names) {
    const auto tip = local_->commit(name);
    git_reference* raw = nullptr;
    if (!tip || !has_object(repository_, *tip)) continue;  // it moved meanwhile
    const int code =
        git_reference_create(&raw, repository_, kept_as(name).c_str(), &*tip, 1, nullptr);
    git_reference_free(raw);
    if (code != 0) return git_trouble("cannot write the cache");
  }
  return dsl::Done{};
}

dsl::Result<dsl::Done> Connection::fetch(const Tip& tip) {
  auto done = fetch_names({tip.name});
  if (done && has_object(repository_, tip.commit)) return done;
  const bool unheard =
      !done && dsl::kind_of(done.error().front()) == dsl::DiagnosticKind::unreachable;
  if (unheard && (local_ || !connect())) return done;
  const auto now = announced(tip.name);
  if (!done && now && git_oid_equal(&*now, &tip.commit) != 0) return done;
  return dsl::problem("T6011",
                      fmt::format("{} announced commit {} and did not hand it out", url_,
                                  to_text(tip.commit).substr(0, 7)),
                      "nothing was changed; pull again: if it stays so, ask who runs the server");
}

dsl::Result<dsl::Done> Connection::fetch_all() {
  auto all = names("refs/heads/");
  for (std::string& tag : names("refs/tags/")) all.push_back(std::move(tag));
  return fetch_names(all);
}

}  // namespace gopol::engine::net
