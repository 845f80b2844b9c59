#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/host/host.h"

namespace gopol::engine {

/// One path that was written on a copy.
struct CopiedNode {
  FileStatus status;  ///< absent: it was removed
  std::string bytes;  ///< of a file, unless `from` has them; of a symlink its target
  /// Where the machine has its bytes, or what is in the folder; nothing: it has none of it.
  std::optional<Path> from = {};
};

/// What a path is on a copy.
struct CopiedView {
  FileStatus status;
  const CopiedNode* node = nullptr;  ///< nullptr: as the machine has it
  std::optional<Path> from;          ///< where the machine has it
};

/// The tree of a copy: the machine's, under what was written. Paths below have no links but the
/// last part, except where it says that links are followed.
class CopiedTree {
 public:
  CopiedTree(const Disk& disk, bool& saw_change) : disk_(disk), saw_change_(saw_change) {}

  Result<CopiedView> look(const Path& path) const;
  /// Follows links, of the last part too if `last`. What is not there yet is fine. Errors (R4002):
  /// more than 40 links.
  Result<Path> follow(const Path& path, bool last) const;
  Result<std::vector<std::string>> list(const Path& folder) const;

  void put(const Path& path, CopiedNode node);
  /// Takes what was written below a path away.
  void forget_below(const Path& path);
  /// What was written at a path and below goes along to another one.
  void move(const Path& from, const Path& to);

 private:
  std::optional<Path> place_on_disk(const Path& path) const;

  const Disk& disk_;
  bool& saw_change_;
  std::map<std::string, CopiedNode> nodes_;  ///< by path
};

}  // namespace gopol::engine
