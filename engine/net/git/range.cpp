#include "engine/net/git/range.h"

#include <fmt/format.h>

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/net/git/cache.h"
#include "engine/net/git/local.h"
#include "engine/net/git/objects.h"

namespace gopol::engine::net {
namespace {

namespace fs = std::filesystem;
using TreeEntry = std::unique_ptr<git_tree_entry, FreeWith<git_tree_entry_free>>;

dsl::Diagnostic mistake(std::string message, std::string help = {}) {
  return dsl::problem("P0001", std::move(message), std::move(help));
}

/// Somebody's own repository, of which nothing but references and objects is read.
struct Here {
  LocalRepository repository;
  std::string below;  ///< the folder, from the top of the repository; empty: it is the top
};

std::string below_top(const std::string& top, const std::string& folder) {
  std::error_code error;
  if (top.empty()) return "";
  const fs::path real_top = fs::canonical(top, error), real_folder = fs::canonical(folder, error);
  if (error) return "";
  const std::string out = real_folder.lexically_relative(real_top).string();
  return out == "." || out.starts_with("..") ? "" : out;
}

dsl::Result<Here> open_here(const Json& request) {
  const std::string folder = detail::text_in(request, "folder");
  start_git({});
  auto found = LocalRepository::around(folder);
  if (!found) {
    return mistake(fmt::format("{} is in no git repository", folder),
                   "a range of commits is one of the repository around the working folder");
  }
  std::string below = below_top(found->top(), folder);
  return Here{std::move(*found), std::move(below)};
}

dsl::Result<Commit> commit_at(const Here& here, const git_oid& id) {
  git_commit* raw = nullptr;
  if (git_commit_lookup(&raw, here.repository.objects(), &id) == 0) return Commit(raw);
  return git_trouble("cannot read commit " + to_text(id));
}

dsl::Result<git_oid> commit_named(const Here& here, const std::string& name) {
  if (const auto found = here.repository.parse(name)) return *found;
  return mistake(fmt::format("this repository has no commit `{}`", name),
                 "name a branch, a tag or a commit; a shallow clone lacks the older ones: "
                 "`git fetch --unshallow`");
}

dsl::Result<git_oid> fork_of(const Here& here, const git_oid& base, const git_oid& head) {
  git_oid out;
  if (git_merge_base(&out, here.repository.objects(), &base, &head) == 0) return out;
  return mistake(
      fmt::format("commits {:.7} and {:.7} have no commit in common", to_text(base), to_text(head)),
      "write `BASE..HEAD` to compare the two as they are");
}

/// The names of policies in a folder of a commit.
std::vector<std::string> policies_in(const Here& here, const git_tree* top,
                                     const std::string& folder) {
  GitTree below;
  if (!folder.empty()) {
    git_tree_entry* entry_raw = nullptr;
    if (git_tree_entry_bypath(&entry_raw, top, folder.c_str()) != 0) return {};
    const TreeEntry entry(entry_raw);
    git_tree* tree_raw = nullptr;
    if (git_tree_lookup(&tree_raw, here.repository.objects(), git_tree_entry_id(entry_raw)) != 0)
      return {};
    below.reset(tree_raw);
    top = tree_raw;
  }
  std::vector<std::string> out;
  for (std::size_t i = 0; i < git_tree_entrycount(top); ++i) {
    const std::string_view name = git_tree_entry_name(git_tree_entry_byindex(top, i));
    if (name.ends_with(".policy") && name.size() > 7) {
      out.push_back(folder.empty() ? std::string(name) : fmt::format("{}/{}", folder, name));
    }
  }
  return out;
}

/// The path to read in a commit; nothing if it has no policy there.
dsl::Result<std::optional<std::string>> path_in(const Here& here, git_commit* commit,
                                                const std::string& wanted) {
  git_tree* raw = nullptr;
  if (git_commit_tree(&raw, commit) != 0) return git_trouble("cannot read the commit's tree");
  const GitTree top(raw);
  if (!wanted.empty()) {
    git_tree_entry* entry = nullptr;
    const int code = git_tree_entry_bypath(&entry, raw, wanted.c_str());
    const TreeEntry found(entry);
    return code == GIT_ENOTFOUND ? std::optional<std::string>() : wanted;
  }
  for (std::string folder = here.below;; folder = fs::path(folder).parent_path().string()) {
    const auto names = policies_in(here, raw, folder);
    if (names.size() > 1) {
      return mistake(
          fmt::format("commit {:.7} has {} policies in one folder: {}",
                      to_text(*git_commit_id(commit)), names.size(), fmt::join(names, ", ")),
          "name the one you mean with `--path`");
    }
    if (names.size() == 1) return std::optional(names.front());
    if (folder.empty()) return std::optional<std::string>();
  }
}

dsl::Result<Json> policy_at(const Here& here, const git_oid& id, const std::string& wanted) {
  const auto commit = commit_at(here, id);
  if (!commit) return commit.error();
  const auto path = path_in(here, commit->get(), wanted);
  if (!path) return path.error();
  Json out{{"commit", to_text(id)}};
  if (!*path) return out;
  const auto file = read_policy(here.repository.objects(), commit->get(), **path);
  if (!file) return file.error();
  out["path"] = detail::json_text(file->path);
  out["text"] = detail::json_text(file->text);
  return out;
}

bool is_true(const Json& request, const char* name) {
  const Json* member = detail::find(request, name);
  return member != nullptr && member->is_boolean() && member->get<bool>();
}

}  // namespace

dsl::Result<Json> range(const Json& request) {
  const auto here = open_here(request);
  if (!here) return here.error();
  auto base = commit_named(*here, detail::text_in(request, "base"));
  if (!base) return base.error();
  const auto head = commit_named(*here, detail::text_in(request, "head"));
  if (!head) return head.error();
  if (is_true(request, "since_fork")) base = fork_of(*here, *base, *head);
  if (!base) return base.error();
  const std::string path = detail::text_in(request, "path");
  auto was = policy_at(*here, *base, path), is = policy_at(*here, *head, path);
  if (!was) return was.error();
  if (!is) return is.error();
  if (detail::find(*was, "text") == nullptr && detail::find(*is, "text") == nullptr) {
    return mistake(path.empty() ? "neither commit has a policy, in this folder or above it"
                                : fmt::format("neither commit has a file `{}`", path),
                   "`--path` is the policy's path from the top of the repository");
  }
  return Json{{"was", std::move(*was)}, {"is", std::move(*is)}};
}

dsl::Result<Json> read_here(const Json& request) {
  const auto here = open_here(request);
  if (!here) return here.error();
  git_oid id;
  if (git_oid_fromstr(&id, detail::text_in(request, "commit").c_str()) != 0) {
    return trouble("the request names no commit");
  }
  const auto commit = commit_at(*here, id);
  if (!commit) return commit.error();
  const auto file =
      read_policy(here->repository.objects(), commit->get(), detail::text_in(request, "path"));
  if (!file) return file.error();
  return Json{{"text", detail::json_text(file->text)}};
}

}  // namespace gopol::engine::net
