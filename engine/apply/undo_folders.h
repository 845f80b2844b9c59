#pragma once

#include <functional>
#include <vector>

#include "engine/record/history.h"

namespace gopol::engine {

/// The changes, each with the folders above its files that an earlier change made and could not
/// take back, because something was in them: who takes away the last of it takes them too.
std::vector<MadeChange> with_empty_folders(std::vector<MadeChange> chosen,
                                           const JournalContent& journal);

/// As close_unfinished; and what a killed undo had emptied of folders that gopol made goes.
Result<Done> close_killed(Journal& journal, Host& host,
                          const std::function<void(const JournalEntry&)>& tell);

}  // namespace gopol::engine
