#pragma once

#include <vector>

#include "engine/host/host.h"

namespace gopol::engine {

/// The folder of journal, ledger, lock and trust floor, ready to be used: made if it is missing,
/// for its owner alone (0700), and refused if it is somebody else's. Answers where it really lies:
/// journal and lock are appended and locked there, which a Disk cannot do.
Result<Path> open_state(Disk& disk, const System& system, const Path& folder);

/// The folders above that were made for it, the outermost first: they go when gopol leaves.
std::vector<Path> folders_made_for(const Path& state, const Disk& disk);

/// The ledger and the journal of a state folder.
Path ledger_file(const Path& state);
Path journal_file(const Path& state);

/// Where root keeps files of its own that have other names, until they are put back: a folder for
/// each user that it works for, root's alone.
Path kept_by_root(const System& system);

}  // namespace gopol::engine
