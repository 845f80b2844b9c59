#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "engine/apply/make_change.h"
#include "engine/plan/plan.h"
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

/// Makes changes: this process does, or the part of it that runs as root.
class Maker {
 public:
  virtual ~Maker() = default;
  /// Writes nothing. Errors: what keeps the change from being made.
  virtual Result<Ready> look(const PlannedChange& planned) = 0;
  /// `ready` is what was just answered for it.
  virtual Made make(const PlannedChange& planned, const Ready& ready) = 0;
};

/// This process, on its host. Borrows both.
std::unique_ptr<Maker> maker_here(const Providers& providers, Host& host);

/// Asked for, once a run, when the first change that needs root is due; hears of all of them, in
/// the order in which they will be made. Errors (R4005): why they wait for an administrator.
using RootStart =
    std::function<Result<std::unique_ptr<Maker>>(const std::vector<const PlannedChange*>& agreed)>;

/// What is to be observed to see a change's slots, and what its provider is told by the way.
std::vector<Wish> wishes_of(const Change& change, const Provider& provider);

}  // namespace gopol::engine
