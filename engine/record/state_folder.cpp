#include "engine/record/state_folder.h"

#include <fmt/format.h>
#include <unistd.h>

namespace gopol::engine {

Result<Path> open_state(Disk& disk, const System& system, const Path& folder) {
  const auto status = disk.stat_target(folder);
  if (!status) return status.error();
  if (status->type != FileStatus::Type::absent && status->uid != ::geteuid()) {
    return dsl::problem(
        "R4102", fmt::format("the state folder `{}` belongs to user {}", folder.text, status->uid),
        fmt::format("gopol runs for user {}: give it to them, or set XDG_STATE_HOME",
                    system.user().uid));
  }
  if (status->type == FileStatus::Type::absent || status->mode != 0700) {
    const auto made = disk.make_folder(folder, {.mode = 0700});
    if (!made) return made.error();
  }
  return disk.real_path(folder);
}

Path ledger_file(const Path& state) { return state / "ledger.json"; }

Path journal_file(const Path& state) { return state / "journal.jsonl"; }

}  // namespace gopol::engine
