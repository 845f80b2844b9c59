#include "providers/go/install/toolchain_install.h"

#include <fmt/format.h>
#include <unistd.h>

#include <span>
#include <utility>
#include <vector>

#include "engine/host/file_edit.h"
#include "providers/go/install/tree_manifest.h"
#include "providers/go/run/go_tree.h"

namespace gopol::providers::go {
namespace {

using dsl::Done;
using dsl::Path;
using dsl::Result;
using engine::FileStatus;
using engine::Host;

constexpr std::string_view staging_prefix = ".gopol-staging-";

/// What an earlier run that was killed left beside the directory.
Result<Done> remove_leftovers(const Path& folder, Host& host) {
  const auto names = host.disk().list(folder);
  if (!names) return names.error();
  for (const std::string& name : *names) {
    if (!name.starts_with(staging_prefix)) continue;
    if (auto done = host.disk().remove_tree(folder / name); !done) return done;
  }
  return Done{};
}

/// The folders on the way to `folder` that are not there yet, the deepest first.
std::vector<Path> missing_folders(Path folder, const Host& host) {
  std::vector<Path> out;
  while (folder.text != "/") {
    const auto status = host.disk().stat_target(folder);
    if (!status || status->type != FileStatus::Type::absent) break;
    out.push_back(folder);
    folder = folder.parent();
  }
  return out;
}

std::string said(const dsl::Value& value) {
  return value.is_known() ? dsl::to_text(value) : "none";
}

/// A mirror may have put another tree under the right name.
Result<Done> check_tree(const ToolchainWish& wish, const Path& tree,
                        const engine::FetchedArchive& from, const Host& host) {
  const GoTree found = read_tree(host.disk(), tree);
  if (is_release(found, wish.release, wish.arch)) return Done{};
  return dsl::problem("R4002",
                      fmt::format("{} holds `{}` for {}, not {} for {}", from.url,
                                  found.name.empty() ? "no VERSION" : found.name, said(found.arch),
                                  wish.release, wish.arch),
                      "nothing was changed; look at the mirror");
}

/// A damaged tree makes room, and is taken away with what is left of the staging.
Result<Done> put_in_place(const Path& tree, const ToolchainWish& wish, Host& host) {
  if (!wish.is_damaged) return host.disk().rename(tree, wish.directory);
  const Path broken =
      wish.directory.parent() / fmt::format("{}broken-{}", staging_prefix, wish.directory.name());
  if (auto moved = host.disk().rename(wish.directory, broken); !moved) return moved;
  auto done = host.disk().rename(tree, wish.directory);
  if (!done) static_cast<void>(host.disk().rename(broken, wish.directory));
  return done;
}

Result<Done> download(const ToolchainWish& wish, const std::string& mirror, Host& host) {
  const Path folder = wish.directory.parent();
  const Path staging = folder / fmt::format("{}{}", staging_prefix, ::getpid());
  if (auto done = host.disk().make_folder(folder); !done) return done;
  if (auto done = remove_leftovers(folder, host); !done) return done;
  const auto got = host.network().fetch_archive(
      {mirror, wish.release, wish.os, wish.arch, wish.sha256, staging});
  if (!got) return got.error();
  if (auto good = check_tree(wish, staging / "go", *got, host); !good) return good;
  if (auto written = write_manifest(staging / "go", host.disk()); !written) return written;
  return put_in_place(staging / "go", wish, host);
}

Result<Done> switch_link(const ToolchainWish& wish, Host& host) {
  if (wish.link.empty()) return Done{};
  const auto target = host.disk().read_link(wish.link);
  if (!target) return target.error();
  if (*target == wish.directory.text) return Done{};
  if (auto done = host.disk().make_folder(wish.link.parent()); !done) return done;
  return host.disk().link(wish.link, wish.directory.text);
}

Result<Done> install(const ToolchainWish& wish, const std::string& mirror, Host& host) {
  auto done = wish.is_there ? Result<Done>(Done{}) : download(wish, mirror, host);
  // What gopol-net could not take away itself, the staging folder that is empty now, and that of a
  // run which was killed when the tree had just got its name.
  auto tidy = remove_leftovers(wish.directory.parent(), host);
  if (!done) return done;
  if (!tidy && !wish.is_there) return tidy;
  return switch_link(wish, host);
}

}  // namespace

Result<Done> install_toolchain(const ToolchainWish& wish, const std::string& mirror, Host& host) {
  const auto before = host.disk().stat(wish.directory);
  if (!before) return before.error();
  const bool has_link = !wish.link.empty();
  const auto link = has_link ? engine::image_of(wish.link, host.disk())
                             : Result<engine::FileImage>(engine::FileImage());
  if (!link) return link.error();
  std::vector<Path> made = missing_folders(wish.directory.parent(), host);
  if (has_link) {
    for (Path& folder : missing_folders(wish.link.parent(), host))
      made.push_back(std::move(folder));
  }
  auto done = install(wish, mirror, host);
  if (done) return done;
  // The first error is the one to tell.
  if (has_link) (void)engine::restore(std::span(&*link, 1), host.disk());
  if (!wish.is_there && before->type == FileStatus::Type::absent)
    (void)host.disk().remove_tree(wish.directory);
  for (const Path& folder : made) (void)host.disk().remove(folder);
  return done;
}

}  // namespace gopol::providers::go
