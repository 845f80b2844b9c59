#include "cli/workspace/rehearse/repositories.h"

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <string_view>

#include "dsl/value/ascii.h"

namespace gopol::cli {
namespace {

using dsl::Path;
using engine::Disk;

constexpr std::size_t most_repositories = 64, most_listings = 256;
constexpr int deepest = 2;  // levels below a usual place

/// What people call the folder of their repositories, in lower case.
constexpr std::array<std::string_view, 12> usual_places = {
    "code",     "dev",  "developer", "git", "github", "go",
    "projects", "repo", "repos",     "src", "work",   "workspace"};
/// Where macOS asks before a program may look, and where nobody keeps them.
constexpr std::array<std::string_view, 9> left_alone = {"Applications", "Desktop",  "Documents",
                                                        "Downloads",    "Library",  "Movies",
                                                        "Music",        "Pictures", "Public"};

template <class List>
bool is_in(const List& list, std::string_view name) {
  return std::find(list.begin(), list.end(), name) != list.end();
}

bool is_file(const Path& path, const Disk& disk) {
  const auto status = disk.stat_target(path);
  return status && status->type == engine::FileStatus::Type::regular;
}

class Looking {
 public:
  explicit Looking(const Disk& disk) : disk_(disk) {}

  /// Whether it is one.
  bool add(const Path& folder) {
    if (!is_file(folder / "go.mod", disk_) && !is_file(folder / "go.work", disk_)) return false;
    if (found_.size() < most_repositories || found_.contains(folder)) {
      found_.insert(folder);
    } else {
      all_ = false;
    }
    return true;
  }

  /// Nothing is looked for inside one.
  void look_below(const Path& folder, int levels) {
    if (listings_ == most_listings) {
      all_ = false;
      return;
    }
    ++listings_;
    const auto names = disk_.list(folder);
    if (!names) return;
    for (const std::string& name : *names) {
      if (name.starts_with('.') || name == "node_modules" || name == "vendor") continue;
      const Path below = folder / name;
      const auto status = disk_.stat(below);
      if (!status || status->type != engine::FileStatus::Type::folder) continue;
      if (!add(below) && levels > 1) look_below(below, levels - 1);
    }
  }

  void look_at_home(const Path& home) {
    const auto names = disk_.list(home);
    if (!names) return;
    for (const std::string& name : *names) {
      if (name.starts_with('.') || is_in(left_alone, name)) continue;
      const Path below = home / name;
      const auto status = disk_.stat(below);
      if (!status || status->type != engine::FileStatus::Type::folder) continue;
      if (add(below) || !is_in(usual_places, dsl::lowered(name))) continue;
      // GOPATH keeps what is downloaded beside what is worked on.
      if (name == "go") {
        look_below(below / "src", deepest + 1);
      } else {
        look_below(below, deepest);
      }
    }
  }

  Repositories result() const { return {{found_.begin(), found_.end()}, all_}; }

 private:
  const Disk& disk_;
  std::set<Path> found_;
  std::size_t listings_ = 0;
  bool all_ = true;
};

void add_named(const dsl::Slot& slot, Looking& looking) {
  if (slot.family == "go.effective") looking.add(Path(slot.key));
}

}  // namespace

Repositories known_repositories(const dsl::Policy& policy, const engine::Host& host) {
  Looking looking(host.disk());
  for (const dsl::Slot& fact : policy.facts) add_named(fact, looking);
  for (const auto& rule : policy.rules) {
    for (const dsl::Assertion& assertion : rule.assertions) add_named(assertion.slot, looking);
  }
  looking.look_at_home(host.system().user().home);
  return looking.result();
}

}  // namespace gopol::cli
