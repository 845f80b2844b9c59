#include "providers/go/install/tree_aside.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/host/file_image.h"
#include "providers/go/env/env.h"
#include "providers/go/run/discovery.h"

namespace gopol::providers::go {
namespace {

using dsl::Done;
using dsl::Path;
using dsl::Result;
using engine::Disk;
using engine::FileStatus;
using engine::Host;

constexpr std::string_view aside_prefix = ".gopol-aside-";

struct Owner {
  std::string_view origin, way_out;
};
/// Whose trees gopol does not move, and what a person does instead.
constexpr std::array<Owner, 8> owners = {{{"brew", "brew uninstall go"},
                                          {"goenv", "goenv uninstall VERSION"},
                                          {"asdf", "asdf uninstall golang VERSION"},
                                          {"mise", "mise uninstall go@VERSION"},
                                          {"sdk", "remove it and ~/go/bin/goVERSION"},
                                          {"g", "g rm VERSION"},
                                          {"gvm", "gvm uninstall goVERSION"},
                                          {"distribution", "remove it with the package manager"}}};

dsl::Diagnostic stays(const Path& path, std::string_view why, std::string help) {
  return dsl::problem("R4002", fmt::format("`{}` stays where it is: {}", path.text, why),
                      std::move(help));
}

/// The files of paths.d all of whose lines lead into the tree.
std::vector<Path> path_files(const Path& tree, const Disk& disk) {
  std::vector<Path> out;
  const Path folder("/etc/paths.d");
  const auto names = disk.list(folder);
  for (const std::string& name : names ? *names : std::vector<std::string>()) {
    const auto text = disk.read(folder / name);
    if (!text || !*text) continue;
    bool any = false, others = false;
    std::string_view rest = **text;
    while (!rest.empty()) {
      const std::string_view line = rest.substr(0, rest.find('\n'));
      rest.remove_prefix(std::min(rest.size(), line.size() + 1));
      if (line.empty()) continue;
      (Path(line).is_within(tree) ? any : others) = true;
    }
    if (any && !others) out.push_back(folder / name);
  }
  return out;
}

/// The files that were kept with a tree, and where they belong.
std::vector<std::pair<Path, Path>> kept_files(const Path& tree, const Disk& disk) {
  std::vector<std::pair<Path, Path>> out;
  const std::string start = std::string(aside_of(tree).name()) + ".paths.d-";
  const auto names = disk.list(tree.parent());
  for (const std::string& name : names ? *names : std::vector<std::string>()) {
    if (name.starts_with(start))
      out.emplace_back(tree.parent() / name, Path("/etc/paths.d") / name.substr(start.size()));
  }
  return out;
}

/// Also from one file system to another.
Result<Done> move_file(const Path& from, const Path& to, Disk& disk) {
  if (disk.rename(from, to)) return Done{};
  auto image = engine::image_of(from, disk);
  if (!image) return image.error();
  image->path = to;
  if (auto made = engine::restore(*image, disk); !made) return made;
  return disk.remove(from);
}

Result<Done> check_may_go(const Path& path, const Host& host) {
  const auto status = host.disk().stat(path);
  if (!status) return status.error();
  const Path home = host.system().user().home;
  if (!path.is_absolute() || status->type != FileStatus::Type::folder || home.is_within(path))
    return stays(path, "it is no folder of a Go", "name the folder that holds VERSION and bin");
  if (read_tree(host.disk(), path).version.is_absent())
    return stays(path, "there is no Go in it", "name the folder that holds VERSION and bin");
  const auto current = host.disk().resolve(default_toolchain_link(host.system()));
  if (current && *current && **current == path)
    return stays(path, "gopol's link leads to it", "pin another version first");
  return Done{};
}

bool is_of_another(const Path& path, const Disk& disk) {
  return disk.write_access(path).kind == engine::WriteAccess::Kind::of_another;
}

engine::Prepared prepared_moves(const Path& path, const std::vector<Path>& files, std::string note,
                                const Disk& disk) {
  engine::Prepared out;
  out.writes.push_back({path, true});
  out.demands.needs_root = is_of_another(path.parent(), disk);
  for (const Path& file : files) {
    out.writes.push_back({file, true});
    out.demands.needs_root = out.demands.needs_root || is_of_another(file.parent(), disk);
    note += fmt::format(", with {}", file.text);
  }
  out.note = std::move(note);
  return out;
}

}  // namespace

Path aside_of(const Path& path) {
  return path.parent() / (std::string(aside_prefix) + std::string(path.name()));
}

Result<engine::Prepared> prepare_aside(const Path& path, const Host& host) {
  if (auto good = check_may_go(path, host); !good) return good.error();
  const std::string origin = origin_of(path, host);
  const auto* owner = std::find_if(owners.begin(), owners.end(),
                                   [&](const Owner& one) { return one.origin == origin; });
  if (owner != owners.end())
    return stays(path, fmt::format("it is {}'s", origin), std::string(owner->way_out));
  const Path aside = aside_of(path);
  const auto there = host.disk().stat(aside);
  if (!there) return there.error();
  if (there->type != FileStatus::Type::absent)
    return stays(path, fmt::format("`{}` is there already", aside.text), "remove that first");
  return prepared_moves(path, path_files(path, host.disk()), fmt::format("moved to {}", aside.text),
                        host.disk());
}

Result<Done> move_aside(const Path& path, Host& host) {
  const std::vector<Path> files = path_files(path, std::as_const(host).disk());
  const std::string start = aside_of(path).text + ".paths.d-";
  auto done = host.disk().rename(path, aside_of(path));
  for (const Path& file : files) {
    if (done) done = move_file(file, Path(start + std::string(file.name())), host.disk());
  }
  if (!done) static_cast<void>(move_back(path, host));  // the first error is the one to tell
  return done;
}

std::optional<std::string> name_of_aside(std::string_view name) {
  if (!name.starts_with(aside_prefix)) return {};
  return std::string(name.substr(aside_prefix.size()));
}

std::vector<Path> kept_aside_of(const Path& path, const Host& host) {
  const auto kept = host.disk().stat(aside_of(path));
  if (!kept || kept->type != FileStatus::Type::folder) return {};
  std::vector<Path> out{aside_of(path)};
  for (auto& [from, to] : kept_files(path, host.disk())) out.push_back(from);
  return out;
}

Result<engine::Prepared> prepare_return(const Path& path, const Host& host) {
  const auto kept = host.disk().stat(aside_of(path));
  const auto there = host.disk().stat(path);
  if (!kept) return kept.error();
  if (!there) return there.error();
  if (kept->type != FileStatus::Type::folder || there->type != FileStatus::Type::absent) {
    return dsl::problem("R4002", fmt::format("gopol keeps no tree of `{}`", path.text),
                        "it brings back what it moved aside itself");
  }
  std::vector<Path> files;
  for (auto& [from, to] : kept_files(path, host.disk())) files.push_back(to);
  return prepared_moves(path, files, fmt::format("moved back from {}", aside_of(path).text),
                        host.disk());
}

Result<Done> move_back(const Path& path, Host& host) {
  Result<Done> out = Done{};
  for (const auto& [from, to] : kept_files(path, std::as_const(host).disk())) {
    if (auto done = move_file(from, to, host.disk()); !done && out) out = done;
  }
  const auto kept = std::as_const(host).disk().stat(aside_of(path));
  if (!kept || kept->type == FileStatus::Type::absent) return out;
  auto done = host.disk().rename(aside_of(path), path);
  return out ? done : out;
}

}  // namespace gopol::providers::go
