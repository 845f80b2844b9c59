#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "engine/apply/make_change.h"
#include "engine/plan/plan.h"
#include "engine/record/history.h"
#include "engine/record/journal.h"

namespace gopol::engine {

/// What a change would do, looked at right before it is made.
struct Ready {
  Prepared prepared;
  std::vector<FileImage> images;   ///< of what its edits touch
  std::vector<FileImage> folders;  ///< above what its provider writes, and not there yet
  std::vector<Path> trees;         ///< what its provider makes anew as a whole

  /// All that is kept in the journal, in the order in which it is made.
  std::vector<FileImage> files() const;
};

/// What came of making a change.
struct Made {
  dsl::Diagnostics why;  ///< empty: its slots are as asked
  Facts seen;            ///< its slots afterwards; none if it was not made
  std::vector<PostImage> after;
};

/// The files of a change that are to be what they were before it.
struct PutBack {
  const MadeChange* change = nullptr;
  bool keeps_trees = false;  ///< what it made anew as a whole stays
};

/// Makes changes: this process does, or the part of it that runs as root.
class Maker {
 public:
  virtual ~Maker() = default;
  /// Writes nothing. Errors: what keeps the change from being made.
  virtual Result<Ready> look(const PlannedChange& planned) = 0;
  /// Gives the files that are to be replaced, and have other names, one more each, of `name` and a
  /// number: so they are not lost. Where that cannot be their bytes alone are kept. Root's part
  /// takes of `name` what follows the folder, and keeps them in one of root's. `ready` is what was
  /// just answered.
  virtual void keep_files(Ready& ready, const Path& name) = 0;
  /// `ready` is what was just answered for it.
  virtual Made make(const PlannedChange& planned, const Ready& ready) = 0;
  /// As engine/apply/undo_files.h does it.
  virtual Result<Done> put_back(const PutBack& back) = 0;
  /// Of all that root keeps for the user nothing is needed any more.
  virtual Result<Done> forget_kept() = 0;
};

/// Removes what root keeps for the user, but for these; the folders too, once they are empty. What
/// cannot be removed stays.
void forget_kept_by_root(const std::set<std::string>& but, Host& host);

/// This process, on its host. Borrows both.
std::unique_ptr<Maker> maker_here(const Providers& providers, Host& host);

/// All that root may be asked for in one run, in the order in which it will be.
struct RootWork {
  std::vector<const PlannedChange*> changes = {};
  std::vector<PutBack> back = {};
  std::set<std::string> kept = {};  ///< files that root keeps and the journal still tells of
};

/// Asked for, once a run, when the first change that needs root is due; hears of all of them.
/// Errors (R4005): why they wait for an administrator.
using RootStart = std::function<Result<std::unique_ptr<Maker>>(const RootWork& agreed)>;

/// Root's part in one run. It hears what it may be asked for first, and is asked for once: what is
/// agreed to later waits for the next run.
class RootAccess {
 public:
  /// Without `start` all waits for an administrator.
  explicit RootAccess(RootStart start, std::set<std::string> kept = {}) : start_(std::move(start)) {
    work_.kept = std::move(kept);
  }
  void agree(const PlannedChange& planned);
  void agree(const PutBack& back);
  /// Asks for it when it is first due. Errors (R4005): why that waits for an administrator.
  Result<Maker*> maker();

 private:
  const RootStart start_;
  RootWork work_;
  bool late_ = false;  ///< something was agreed to after it was asked for
  std::optional<Result<std::unique_ptr<Maker>>> maker_;
};

/// What is to be observed to see a change's slots, and what its provider is told by the way.
std::vector<Wish> wishes_of(const Change& change, const Provider& provider);

}  // namespace gopol::engine
