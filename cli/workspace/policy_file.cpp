#include "cli/workspace/policy_file.h"

#include <fmt/format.h>
#include <limits.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>
#include <vector>

#include "dsl/value/ascii.h"
#include "engine/real/read_inside.h"
#include "engine/real/real_disk.h"

namespace gopol::cli {
namespace {

using dsl::Path;

Path working_folder() {
  char buffer[PATH_MAX];
  return ::getcwd(buffer, sizeof buffer) != nullptr ? Path(buffer) : Path("/");
}

std::vector<std::string> policies_in(const engine::Disk& disk, const Path& folder) {
  std::vector<std::string> out;
  const auto names = disk.list(folder);
  if (!names) return out;
  for (const std::string& name : *names) {
    if (name.ends_with(".policy") && name.size() > 7) out.push_back(name);
  }
  return out;
}

/// On some disks its letters may be of either case.
bool is_git_folder_in(const std::string& path) {
  return (dsl::lowered(path) + "/").find("/.git/") != path.npos;
}

}  // namespace

Path absolute(const std::string& path) { return working_folder() / path; }

dsl::Result<std::string> find_policy(const std::string& given) {
  if (!given.empty()) return given;
  const auto disk = engine::real_disk();
  const Path here = working_folder();
  for (Path folder = here;; folder = folder.parent()) {
    const auto names = policies_in(*disk, folder);
    if (names.size() > 1) {
      return dsl::problem(
          "P0001",
          fmt::format("{} holds several policies: {}", folder.text, fmt::join(names, ", ")),
          "name the one you mean");
    }
    if (names.size() == 1) return folder == here ? names.front() : (folder / names.front()).text;
    if (folder.text == "/") break;
  }
  return dsl::problem("P0001", "no policy is named, configured, or found here or upward",
                      "name a file, or add a `[[source]]` to gopol.toml");
}

Path repository_of(const Path& folder) {
  for (Path at = folder;; at = at.parent()) {
    if (::access((at / ".git").text.c_str(), F_OK) == 0) return at;
    if (at.text == "/") return folder;
  }
}

dsl::Result<std::string> read_policy(const std::string& path) {
  const Path full = absolute(path);
  if (::access(full.text.c_str(), F_OK) != 0 && errno == ENOENT)
    return dsl::problem("P0001", fmt::format("no policy {}", path), "name a file that is there");
  return engine::read_inside(repository_of(full.parent()), full);
}

dsl::Result<std::string> read_beside(const std::string& policy, const std::string& name) {
  const Path folder = absolute(policy).parent();
  return engine::read_inside(repository_of(folder), folder / name);
}

dsl::Result<dsl::Done> stays_in_repository(const std::string& policy, const Path& named) {
  const auto disk = engine::real_disk();
  const Path top = repository_of(absolute(policy).parent());
  if (::access((top / ".git").text.c_str(), F_OK) != 0) return dsl::Done{};
  const auto real_top = disk->resolve(top);
  if (!real_top) return real_top.error();
  const auto real = disk->written_path(named);
  if (!real) return real.error();
  const bool inside = *real_top && real->is_within(**real_top);
  if (inside && !is_git_folder_in(real->text.substr((*real_top)->text.size()))) return dsl::Done{};
  return dsl::problem("T6009",
                      inside ? fmt::format("`{}` lies in git's own folder", named.text)
                             : fmt::format("`{}` leads out of `{}`", named.text, top.text),
                      "put the file itself into the repository of the policy");
}

dsl::Result<dsl::Done> write_policy(const std::string& path, const std::string& text) {
  if (auto stays = stays_in_repository(path, absolute(path)); !stays) return stays;
  return engine::real_disk()->replace(absolute(path), text);
}

dsl::Result<dsl::Done> write_private(const std::string& path, const std::string& text) {
  if (auto stays = stays_in_repository(path, absolute(path)); !stays) return stays;
  return engine::real_disk()->replace(absolute(path), text, {.mode = 0600});
}

}  // namespace gopol::cli
