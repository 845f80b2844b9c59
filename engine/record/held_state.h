#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "engine/record/journal.h"
#include "engine/record/lock.h"

namespace gopol::engine {

/// The state folder, held by this run alone.
struct HeldState {
  Path folder;  ///< where it really lies
  RunLock lock;
};

/// Errors: those of open_state and RunLock::take.
Result<HeldState> hold_state(Host& host, const Path& state, std::string_view command);

/// The name of a run, that no other in the journal has, whatever the clock says. It ends with the
/// process, so that leftovers can be found.
std::string run_name(std::chrono::system_clock::time_point begun, const JournalContent& journal);

/// What a killed run had begun and never ended is written down as failed, and what it left beside
/// its files is removed. `tell` hears of each.
Result<Done> close_unfinished(Journal& journal, Host& host,
                              const std::function<void(const JournalEntry&)>& tell);

}  // namespace gopol::engine
