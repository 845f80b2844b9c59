#include "engine/record/state_folder.h"

#include <fmt/format.h>
#include <unistd.h>

#include <sstream>
#include <string>

#include "engine/host/file_edit.h"

namespace gopol::engine {
namespace {

constexpr const char* made_folders = "made_folders";  // a path a line

}  // namespace

Result<Path> open_state(Disk& disk, const System& system, const Path& folder) {
  const auto status = disk.stat_target(folder);
  if (!status) return status.error();
  if (status->type != FileStatus::Type::absent && status->uid != ::geteuid()) {
    return dsl::problem(
        "R4102", fmt::format("the state folder `{}` belongs to user {}", folder.text, status->uid),
        fmt::format("gopol runs for user {}: give it to them, or set XDG_STATE_HOME",
                    system.user().uid));
  }
  const auto missing = missing_folders(folder, disk);
  if (status->type == FileStatus::Type::absent || status->mode != 0700) {
    const auto made = disk.make_folder(folder, {.mode = 0700});
    if (!made) return made.error();
  }
  std::string lines;
  for (const FileImage& above : missing) lines += above.path.text + "\n";
  if (!lines.empty()) {
    if (auto noted = disk.replace(folder / made_folders, lines, {.mode = 0600}); !noted)
      return noted.error();
  }
  return disk.real_path(folder);
}

std::vector<Path> folders_made_for(const Path& state, const Disk& disk) {
  std::vector<Path> out;
  const auto lines = disk.read(state / made_folders);
  std::istringstream rest(lines && *lines ? **lines : std::string());
  for (std::string line; std::getline(rest, line);) {
    if (state.is_within(Path(line)) && Path(line) != state) out.emplace_back(line);
  }
  return out;
}

Path ledger_file(const Path& state) { return state / "ledger.json"; }

Path journal_file(const Path& state) { return state / "journal.jsonl"; }

Path kept_by_root(const System& system) {
  const bool is_mac = system.platform() == "macos";
  const Path folder(is_mac ? "/Library/Application Support/gopol/kept" : "/var/lib/gopol/kept");
  return folder / std::to_string(system.user().uid);
}

}  // namespace gopol::engine
