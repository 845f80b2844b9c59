#include "engine/net/git/local.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <system_error>
#include <utility>

#include "dsl/value/address.h"
#include "engine/net/answer.h"
#include "engine/net/git/cache.h"
#include "engine/net/stop.h"
#include "engine/real/descriptor.h"

namespace gopol::engine::net {
namespace {

namespace fs = std::filesystem;
using PackBuilder = std::unique_ptr<git_packbuilder, FreeWith<git_packbuilder_free>>;
using Walk = std::unique_ptr<git_revwalk, FreeWith<git_revwalk_free>>;
using AnyObject = std::unique_ptr<git_object, FreeWith<git_object_free>>;

constexpr std::uint64_t longest_pointer = 4096, longest_packed = 16u << 20;  // bytes
constexpr int most_symbolic = 5;                                             // as git
constexpr std::size_t most_names = 200'000;

/// Without the line end.
std::optional<std::string> plain_text(const std::string& file, std::uint64_t most) {
  auto out = read_plain_file(file, most);
  while (out && (out->ends_with('\n') || out->ends_with('\r'))) out->pop_back();
  return out;
}

/// A pack is made, and whoever waits for it hears so.
int on_packing(int, std::uint32_t, std::uint32_t, void*) {
  is_alive();
  return is_stopped() ? -1 : 0;
}
int on_indexing(const git_indexer_progress*, void*) { return on_packing(0, 0, 0, nullptr); }

bool is_folder(const std::string& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
}

std::string beside(const std::string& folder, const std::string& path) {
  return path.starts_with('/') ? path : folder + "/" + path;
}

/// A work tree's `.git` may be a file that says where it is.
std::string followed(const std::string& folder) {
  constexpr std::string_view word = "gitdir: ";
  const auto text = plain_text(folder, longest_pointer);
  if (!text || !text->starts_with(word)) return folder;
  return beside(fs::path(folder).parent_path().string(), text->substr(word.size()));
}

std::optional<git_oid> id_of(std::string_view text) {
  git_oid out;
  if (text.size() != GIT_OID_HEXSZ || git_oid_fromstr(&out, std::string(text).c_str()) != 0)
    return {};
  return out;
}

/// One line of `packed-refs` each: `<commit> <name>`.
template <class Use>
void each_packed(std::string_view text, Use use) {
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    if (line.size() > GIT_OID_HEXSZ + 1 && line[GIT_OID_HEXSZ] == ' ')
      use(line.substr(0, GIT_OID_HEXSZ), line.substr(GIT_OID_HEXSZ + 1));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
  }
}

bool is_name(const std::string& name) {
  int valid = 0;
  return git_reference_name_is_valid(&valid, name.c_str()) == 0 && valid == 1;
}

std::optional<git_oid> peeled(git_repository* objects, const git_oid& id) {
  git_object *raw = nullptr, *commit_raw = nullptr;
  if (git_object_lookup(&raw, objects, &id, GIT_OBJECT_ANY) != 0) return {};
  const AnyObject object(raw);
  if (git_object_peel(&commit_raw, raw, GIT_OBJECT_COMMIT) != 0) return {};
  const AnyObject commit(commit_raw);
  return *git_object_id(commit_raw);
}

/// `~2` and `^1`, applied to a commit; false: it is neither, or there is no such parent.
bool climb(git_repository* objects, git_oid& at, char kind, unsigned count) {
  const bool generations = kind == '~';
  for (unsigned i = 0; i < (generations ? count : std::min(count, 1u)); ++i) {
    git_commit* raw = nullptr;
    if (git_commit_lookup(&raw, objects, &at) != 0) return false;
    const Commit commit(raw);
    const git_oid* parent = git_commit_parent_id(raw, generations ? 0 : count - 1);
    if (parent == nullptr) return false;
    at = *parent;
  }
  return true;
}

}  // namespace

ReadingInTime::ReadingInTime(const std::string& url, std::chrono::milliseconds patience) {
  watch(patience, error_line(trouble(fmt::format("reading {} came to a stop for {} s", url,
                                                 patience.count() / 1000),
                                     "see whether one of its files is a pipe or a device")));
}

ReadingInTime::~ReadingInTime() { watch(std::chrono::milliseconds(0), ""); }

std::optional<std::string> local_folder(std::string_view url) {
  if (url.starts_with('/')) return std::string(url);
  constexpr std::string_view scheme = "file://";
  if (!url.starts_with(scheme)) return {};
  return dsl::percent_decoded(url.substr(scheme.size()));
}

std::optional<LocalRepository> LocalRepository::open(const std::string& folder) {
  for (const std::string& at : {followed(folder + "/.git"), folder}) {
    LocalRepository out;
    out.own_ = at;
    const auto common = plain_text(at + "/commondir", longest_pointer);
    out.common_ = common ? beside(at, *common) : at;
    const std::string store = out.common_ + "/objects";
    if (!plain_text(at + "/HEAD", longest_pointer) || !is_folder(store)) continue;
    // libgit2 would wait for whoever writes a pipe.
    struct stat status {};
    if (::stat((store + "/info/alternates").c_str(), &status) == 0 && !S_ISREG(status.st_mode))
      continue;
    git_odb* odb_raw = nullptr;
    if (git_odb_open(&odb_raw, store.c_str()) != 0) continue;
    const Odb odb(odb_raw);
    git_repository* raw = nullptr;
    if (git_repository_wrap_odb(&raw, odb_raw) != 0) continue;
    out.objects_.reset(raw);
    if (at != folder) out.top_ = folder;
    out.packed_ = plain_text(out.common_ + "/packed-refs", longest_packed).value_or("");
    return out;
  }
  return {};
}

std::optional<LocalRepository> LocalRepository::around(const std::string& folder) {
  std::error_code error;
  for (fs::path at = fs::canonical(folder, error); !error; at = at.parent_path()) {
    if (auto found = open(at.string())) return found;
    if (at == at.root_path()) break;
  }
  return {};
}

std::optional<git_oid> LocalRepository::find(const std::string& name) const {
  std::string at = name;
  for (int i = 0; i < most_symbolic && is_name(at); ++i) {
    const std::string& folder = at.starts_with("refs/") ? common_ : own_;
    const auto text = plain_text(folder + "/" + at, longest_pointer);
    if (text && text->starts_with("ref: ")) {
      at = text->substr(5);
      continue;
    }
    if (text) return id_of(std::string_view(*text).substr(0, GIT_OID_HEXSZ));
    std::optional<git_oid> out;
    each_packed(packed_, [&](std::string_view id, std::string_view packed) {
      if (packed == at) out = id_of(id);
    });
    return out;
  }
  return {};
}

std::optional<git_oid> LocalRepository::commit(const std::string& name) const {
  const auto id = find(name);
  return id ? peeled(objects_.get(), *id) : std::nullopt;
}

std::vector<std::string> LocalRepository::names(const std::string& prefix) const {
  std::vector<std::string> out;
  each_packed(packed_, [&](std::string_view, std::string_view name) {
    if (name.starts_with(prefix) && out.size() < most_names) out.emplace_back(name);
  });
  std::error_code error;
  const std::string top = common_ + "/";
  for (fs::recursive_directory_iterator entry(top + prefix, error), end;
       !error && entry != end && out.size() < most_names; entry.increment(error)) {
    std::string name = entry->path().string().substr(top.size());
    if (entry->is_regular_file(error) && is_name(name)) out.push_back(std::move(name));
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

/// Source: gitrevisions(7), in its order.
std::optional<git_oid> LocalRepository::named(const std::string& name) const {
  if (const auto id = id_of(name)) return peeled(objects_.get(), *id);
  if (name == "@") return commit("HEAD");
  for (const char* before : {"", "refs/", "refs/tags/", "refs/heads/", "refs/remotes/"}) {
    const std::string full = before + name;
    const bool beside_head = *before == '\0' && !name.starts_with("refs/");
    if (beside_head && name.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ_") != name.npos) continue;
    if (const auto found = commit(full)) return found;
  }
  if (const auto found = commit("refs/remotes/" + name + "/HEAD")) return found;
  git_oid short_id{}, full_id{};
  git_odb* raw = nullptr;
  if (name.size() < GIT_OID_MINPREFIXLEN || name.size() > GIT_OID_HEXSZ ||
      git_oid_fromstrn(&short_id, name.data(), name.size()) != 0 ||
      git_repository_odb(&raw, objects_.get()) != 0) {
    return {};
  }
  const Odb odb(raw);
  if (git_odb_exists_prefix(&full_id, raw, &short_id, name.size()) != 0) return {};
  return peeled(objects_.get(), full_id);
}

std::optional<git_oid> LocalRepository::parse(std::string_view revision) const {
  const std::size_t end = std::min(revision.find_first_of("~^"), revision.size());
  auto at = named(std::string(revision.substr(0, end)));
  revision.remove_prefix(end);
  while (at && !revision.empty()) {
    const char kind = revision.front();
    revision.remove_prefix(1);
    const bool peels =
        kind == '^' && (revision.starts_with("{}") || revision.starts_with("{commit}"));
    if (peels) {
      revision.remove_prefix(revision.find('}') + 1);
      continue;
    }
    unsigned count = 0;
    const std::size_t digits = std::min(revision.find_first_not_of("0123456789"), revision.size());
    if ((kind != '~' && kind != '^') || digits > 6) return {};
    for (const char digit : revision.substr(0, digits))
      count = count * 10 + static_cast<unsigned>(digit - '0');
    revision.remove_prefix(digits);
    if (!climb(objects_.get(), *at, kind, digits == 0 ? 1 : count)) return {};
  }
  return at;
}

dsl::Result<dsl::Done> copy_objects(const LocalRepository& from, git_repository* to,
                                    const std::vector<git_oid>& tips,
                                    const std::vector<git_oid>& known) {
  git_packbuilder* builder_raw = nullptr;
  git_revwalk* walk_raw = nullptr;
  const bool made = git_packbuilder_new(&builder_raw, from.objects()) == 0 &&
                    git_revwalk_new(&walk_raw, from.objects()) == 0;
  const PackBuilder builder(builder_raw);
  if (made) git_packbuilder_set_callbacks(builder_raw, on_packing, nullptr);
  const Walk walk(walk_raw);
  const std::string folder = std::string(git_repository_path(to)) + "objects/pack";
  bool good = made;
  for (const git_oid& tip : tips) good = good && git_revwalk_push(walk_raw, &tip) == 0;
  for (const git_oid& one : known) {
    if (good && has_object(from.objects(), one)) good = git_revwalk_hide(walk_raw, &one) == 0;
  }
  good = good && git_packbuilder_insert_walk(builder_raw, walk_raw) == 0;
  if (good && git_packbuilder_object_count(builder_raw) == 0) return dsl::Done{};
  git_packbuilder_set_threads(builder_raw, 1);
  if (good && git_packbuilder_write(builder_raw, folder.c_str(), 0, on_indexing, nullptr) == 0)
    return dsl::Done{};
  return git_trouble("cannot copy what the repository has");
}

}  // namespace gopol::engine::net
