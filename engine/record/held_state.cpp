#include "engine/record/held_state.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <utility>

#include "engine/record/leftovers.h"
#include "engine/record/state_folder.h"

namespace gopol::engine {

Result<HeldState> hold_state(Host& host, const Path& state, std::string_view command) {
  auto folder = open_state(host.disk(), host.system(), state);
  if (!folder) return folder.error();
  auto lock = RunLock::take(*folder, command, host.system().now());
  if (!lock) return lock.error();
  sweep_state(*folder, host.disk());
  return HeldState{std::move(*folder), std::move(*lock)};
}

std::string run_name(std::chrono::system_clock::time_point begun, const JournalContent& journal) {
  auto since = std::chrono::duration_cast<std::chrono::milliseconds>(begun.time_since_epoch());
  const auto& runs = journal.runs;
  for (;; ++since) {
    std::string out = fmt::format("{}-{}", since.count(), ::getpid());
    const bool taken = std::any_of(runs.begin(), runs.end(),
                                   [&](const JournalRun& run) { return run.run == out; });
    if (!taken) return out;
  }
}

Result<Done> close_unfinished(Journal& journal, Host& host,
                              const std::function<void(const JournalEntry&)>& tell) {
  for (JournalEntry entry : journal.content().unfinished()) {
    if (tell) tell(entry);
    remove_leftovers(entry, host.disk());
    entry.step = Step::failed;
    entry.at = host.system().now();
    entry.detail = "killed; taken over by the next run";
    entry.files.clear();
    entry.old.clear();
    entry.after.clear();
    if (auto written = journal.append(entry); !written) return written;
  }
  return Done{};
}

}  // namespace gopol::engine
