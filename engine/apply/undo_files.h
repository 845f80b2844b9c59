#pragma once

#include <map>
#include <optional>
#include <string>

#include "engine/host/file_edit.h"
#include "engine/record/history.h"

namespace gopol::engine {

/// What this process may not see of another user's file. Root looks at it again before it acts.
bool is_hidden(const Path& path, const Disk& disk);

/// What the files will be while changes are taken back one after the other: nothing is written.
class FilesThen {
 public:
  explicit FilesThen(const Disk& disk) : disk_(disk) {}

  /// The first of the change's files that is neither as the change left it nor as it was before;
  /// nothing: all of them can be put back, as far as this process sees.
  std::optional<Path> changed_since(const MadeChange& change);
  /// Whether all are as they were before.
  bool are_as_before(const MadeChange& change);
  /// From now on they are as before the change.
  void put_back(const MadeChange& change);

 private:
  /// nullopt: hidden.
  std::optional<PostImage> at(const Path& path);

  const Disk& disk_;
  std::map<std::string, std::optional<PostImage>> known_;
};

/// Puts the files of a change back as they were, the last first. A folder that was not there and
/// now holds something else stays; a tree that the change made goes as a whole, or stays too.
Result<Done> put_back_files(const MadeChange& change, bool keep_trees, Disk& disk);

/// Of the folders that a change made on its way those that nothing is in. What cannot be removed
/// stays.
void remove_made_folders(const MadeChange& change, Disk& disk);

}  // namespace gopol::engine
