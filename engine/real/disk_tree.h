#pragma once

#include <string>

#include "engine/real/spot.h"

namespace gopol::engine {

/// What went wrong in a tree, and at which of its files. `error` is 0 if nothing did.
struct TreeTrouble {
  int error = 0;
  std::string at;
  explicit operator bool() const { return error != 0; }
};

/// Removes a folder and all below it, read-only folders included; links are removed, not followed.
/// Works through open folders, so that nobody can lead it elsewhere half-way. Absent is fine.
TreeTrouble remove_real_tree(const std::string& path);
/// The same of a name in an open folder; `shown` is how it is called in what is told.
TreeTrouble remove_real_tree(const Spot& spot, const std::string& shown);

/// Copies a tree: modes, times and links kept, links not followed. `to` must not exist.
/// A pipe, socket or device in it is EINVAL.
TreeTrouble copy_real_tree(const std::string& from, const std::string& to);

}  // namespace gopol::engine
