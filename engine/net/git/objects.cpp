#include "engine/net/git/objects.h"

#include <fmt/format.h>

#include <cstddef>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/net/answer.h"
#include "engine/net/git/cache.h"
#include "engine/net/limits.h"
#include "engine/source/commit_object.h"

namespace gopol::engine::net {
namespace {

constexpr std::size_t largest_policy = 64u << 20;  // bytes
constexpr std::size_t copies_of_answer = 10;       // as a blob, a string, and JSON
constexpr std::size_t deepest_tree = 100, most_files = 500'000;

bool is_plain_file(const git_tree_entry* entry) {
  const git_filemode_t mode = git_tree_entry_filemode(entry);
  return mode == GIT_FILEMODE_BLOB || mode == GIT_FILEMODE_BLOB_EXECUTABLE;
}

/// What no honest commit of policies holds.
dsl::Diagnostic suspicious(std::string message, std::string help = {}) {
  return dsl::problem("T6009", std::move(message), std::move(help));
}

dsl::Diagnostic not_plain(const git_tree_entry* entry, const std::string& path) {
  switch (git_tree_entry_filemode(entry)) {
    case GIT_FILEMODE_LINK:
      return suspicious(fmt::format("`{}` is a symlink", path), "name the file itself");
    case GIT_FILEMODE_COMMIT:
      return suspicious(fmt::format("`{}` is a submodule", path),
                        "put its files into the repository");
    case GIT_FILEMODE_TREE:
      return trouble(fmt::format("`{}` is a folder", path), "name a file in it");
    default: return trouble(fmt::format("`{}` is a plain file, not a folder", path));
  }
}

dsl::Result<std::string> read_blob(git_repository* repository, const git_tree_entry* entry,
                                   const std::string& path) {
  git_odb* odb_raw = nullptr;
  if (git_repository_odb(&odb_raw, repository) != 0) return git_trouble("cannot read the cache");
  const Odb odb(odb_raw);
  std::size_t size = 0;
  git_object_t type = GIT_OBJECT_INVALID;
  if (git_odb_read_header(&size, &type, odb.get(), git_tree_entry_id(entry)) != 0) {
    return spoiled_cache(repository, fmt::format("cannot read `{}`", path));
  }
  if (size > largest_policy) {
    return suspicious(
        fmt::format("`{}` has {} bytes; a policy has at most {}", path, size, largest_policy));
  }
  allow_memory(size * copies_of_answer);
  git_blob* blob_raw = nullptr;
  if (git_blob_lookup(&blob_raw, repository, git_tree_entry_id(entry)) != 0) {
    return spoiled_cache(repository, fmt::format("cannot read `{}`", path));
  }
  const Blob blob(blob_raw);
  const auto length = static_cast<std::size_t>(git_blob_rawsize(blob.get()));
  const auto* bytes = static_cast<const char*>(git_blob_rawcontent(blob.get()));
  return length == 0 ? std::string() : std::string(bytes, length);
}

dsl::Result<GitTree> top_of(git_commit* commit) {
  git_repository* repository = git_commit_owner(commit);
  const auto object = read_object(repository, *git_commit_id(commit));
  if (!object) return object.error();
  const auto links = links_of(*object);
  git_oid id;
  git_tree* tree = nullptr;
  if (!links || git_oid_fromstr(&id, links->tree.c_str()) != 0 ||
      git_tree_lookup(&tree, repository, &id) != 0) {
    return spoiled_cache(repository, "cannot read the commit's tree");
  }
  return GitTree(tree);
}

bool is_honest_name(std::string_view name) {
  if (name.empty() || name == "." || name == ".." || name.find('/') != name.npos) return false;
  return !(name.size() == 4 && name[0] == '.' && (name[1] | 0x20) == 'g' &&
           (name[2] | 0x20) == 'i' && (name[3] | 0x20) == 't');
}

dsl::Result<dsl::Done> check_names(git_repository* repository, const git_tree* tree,
                                   const std::string& folder, std::size_t depth,
                                   std::size_t& left) {
  if (depth > deepest_tree) return suspicious("folders of the commit nest too deep");
  for (std::size_t i = 0; i < git_tree_entrycount(tree); ++i) {
    const git_tree_entry* entry = git_tree_entry_byindex(tree, i);
    const std::string path = folder + git_tree_entry_name(entry);
    if (left-- == 0) return suspicious("the commit has too many files");
    if (!is_honest_name(git_tree_entry_name(entry))) {
      return suspicious(fmt::format("the commit holds `{}`, a name that leads out of it", path),
                        "git makes no such commit: find out who did");
    }
    if (git_tree_entry_filemode(entry) != GIT_FILEMODE_TREE) continue;
    git_tree* raw = nullptr;
    if (git_tree_lookup(&raw, repository, git_tree_entry_id(entry)) != 0) {
      return spoiled_cache(repository, fmt::format("cannot read `{}`", path));
    }
    const GitTree below(raw);
    if (auto done = check_names(repository, raw, path + "/", depth + 1, left); !done) return done;
  }
  return dsl::Done{};
}

dsl::Result<PolicyFile> read_named(git_repository* repository, GitTree tree,
                                   const std::string& path) {
  std::size_t from = 0;
  while (true) {
    const std::size_t slash = path.find('/', from);
    const std::string part = path.substr(from, slash == std::string::npos ? slash : slash - from);
    if (part.empty() || part == "." || part == "..") {
      return trouble(fmt::format("`{}` is no path inside a repository", path),
                     "write `folder/name.policy`");
    }
    const git_tree_entry* entry = git_tree_entry_byname(tree.get(), part.c_str());
    if (entry == nullptr) return trouble(fmt::format("the commit has no `{}`", path));
    if (slash == std::string::npos) {
      if (!is_plain_file(entry)) return not_plain(entry, path);
      auto text = read_blob(repository, entry, path);
      if (!text) return text.error();
      return PolicyFile{path, std::move(*text)};
    }
    if (git_tree_entry_filemode(entry) != GIT_FILEMODE_TREE) {
      return not_plain(entry, path.substr(0, slash));
    }
    git_tree* below = nullptr;
    if (git_tree_lookup(&below, repository, git_tree_entry_id(entry)) != 0) {
      return spoiled_cache(repository, fmt::format("cannot read `{}`", path.substr(0, slash)));
    }
    tree.reset(below);
    from = slash + 1;
  }
}

dsl::Result<std::string> only_policy(const git_tree* tree) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < git_tree_entrycount(tree); ++i) {
    const std::string_view name = git_tree_entry_name(git_tree_entry_byindex(tree, i));
    if (name.ends_with(".policy")) names.emplace_back(name);
  }
  if (names.empty()) return trouble("the repository has no `*.policy` at its top", "set `path`");
  if (names.size() == 1) return names.front();
  return trouble(fmt::format("the repository has {} policies at its top: {}", names.size(),
                             fmt::join(names.begin(), names.end(), ", ")),
                 "set `path` to one of them");
}

}  // namespace

dsl::Result<std::string> read_object(git_repository* repository, const git_oid& id) {
  git_odb* odb_raw = nullptr;
  if (git_repository_odb(&odb_raw, repository) != 0) return git_trouble("cannot read the cache");
  const Odb odb(odb_raw);
  git_odb_object* raw = nullptr;
  if (git_odb_read(&raw, odb.get(), &id) != 0) {
    return spoiled_cache(repository, "cannot read commit " + to_text(id));
  }
  const OdbObject object(raw);
  if (git_odb_object_type(raw) != GIT_OBJECT_COMMIT) {
    return suspicious(fmt::format("{} is not a commit", to_text(id)));
  }
  return std::string(static_cast<const char*>(git_odb_object_data(raw)), git_odb_object_size(raw));
}

dsl::Result<dsl::Done> check_tree(git_commit* commit) {
  const auto tree = top_of(commit);
  if (!tree) return tree.error();
  std::size_t left = most_files;
  return check_names(git_commit_owner(commit), tree->get(), "", 0, left);
}

dsl::Result<PolicyFile> read_policy(git_repository* repository, git_commit* commit,
                                    const std::string& path) {
  auto tree = top_of(commit);
  if (!tree) return tree.error();
  if (!path.empty()) return read_named(repository, std::move(*tree), path);
  const auto name = only_policy(tree->get());
  if (!name) return name.error();
  return read_named(repository, std::move(*tree), *name);
}

}  // namespace gopol::engine::net
