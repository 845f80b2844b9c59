#pragma once

#include <span>
#include <vector>

#include "engine/plan/facts.h"
#include "engine/plan/provider.h"

namespace gopol::engine {

/// Makes a prepared change: its edits in their order, then what its provider does itself. If one of
/// them fails, the files are put back as `images` shows them; they are of its edits. The first
/// error is why it failed; more tell what could not be put back.
Result<Done> make_change(const Change& change, const Prepared& prepared,
                         std::span<const FileImage> images, const Provider& provider, Host& host);

/// R4004 for each slot that was moved and is not as asked now. A slot that the provider chose a
/// value for must satisfy what the policy allows.
dsl::Diagnostics differences(const Change& change, const Facts& facts);

/// What one run has written so far.
class RunWrites {
 public:
  void add(const Prepared& made);
  /// R4006: what would be written now is not what the plan showed, and not by this run's doing.
  Result<Done> check_unchanged(const Prepared& shown, const Prepared& now) const;

 private:
  bool may_have_changed(const Path& written) const;

  std::vector<Path> paths_;
  bool others_acted_ = false;  ///< a provider did what it does not say by path
};

}  // namespace gopol::engine
