#include "providers/go/install/toolchain_install.h"

#include <fmt/format.h>
#include <unistd.h>

#include <span>
#include <utility>
#include <vector>

#include "engine/host/file_edit.h"
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

Result<Done> download(const ToolchainWish& wish, const std::string& mirror, Host& host) {
  const Path folder = wish.directory.parent();
  const Path staging = folder / fmt::format("{}{}", staging_prefix, ::getpid());
  if (auto done = host.disk().make_folder(folder); !done) return done;
  if (auto done = remove_leftovers(folder, host); !done) return done;
  const auto got = host.network().fetch_archive(
      {mirror, wish.release, wish.os, wish.arch, wish.sha256, staging});
  if (!got) return got.error();
  if (auto good = check_tree(wish, staging / "go", *got, host); !good) return good;
  return host.disk().rename(staging / "go", wish.directory);
}

Result<Done> switch_link(const ToolchainWish& wish, Host& host) {
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
  const auto link = engine::image_of(wish.link, host.disk());
  if (!link) return link.error();
  std::vector<Path> made = missing_folders(wish.directory.parent(), host);
  for (Path& folder : missing_folders(wish.link.parent(), host)) made.push_back(std::move(folder));
  auto done = install(wish, mirror, host);
  if (done) return done;
  (void)engine::restore(std::span(&*link, 1), host.disk());  // the first error is the one to tell
  if (!wish.is_there && before->type == FileStatus::Type::absent)
    (void)host.disk().remove_tree(wish.directory);
  for (const Path& folder : made) (void)host.disk().remove(folder);
  return done;
}

}  // namespace gopol::providers::go
