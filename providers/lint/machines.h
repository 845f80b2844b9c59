#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "dsl/policy/policy.h"
#include "providers/lint/knowledge.h"

namespace gopol::providers::lint {

/// A set of kinds of machines: one bit for each of Kinds.
using Machines = std::uint64_t;

/// The kinds of machines that lints tell apart: each macOS release on each processor, and Linux.
/// What a condition says beyond system, version and processor is not looked at, so a set is never
/// too small.
class Kinds {
 public:
  explicit Kinds(const std::vector<MacRelease>& macs);

  Machines all() const { return all_; }
  Machines macs() const { return all_ & ~linux_; }
  Machines of_arch(std::string_view arch) const;  ///< as the fact `cpu.arch` says it
  Machines of_release(std::size_t release) const { return releases_[release]; }
  const std::vector<MacRelease>& releases() const { return known_; }

  /// Where a condition may hold; `shared` is what `where_shared` gave.
  struct Where {
    Machines yes = 0, no = 0;  ///< may hold, may not hold
  };
  Where where(const dsl::Guard& guard, const dsl::Policy& policy,
              const std::vector<Where>& shared) const;
  /// For each condition that profiles share, once.
  std::vector<Where> where_shared(const dsl::Policy& policy) const;

 private:
  Where where(const dsl::Atom& atom, const dsl::Slot& fact) const;
  Where where_version(const dsl::Atom& atom) const;

  std::vector<MacRelease> known_;
  std::vector<Machines> releases_;
  Machines all_ = 0, linux_ = 0, arm64_ = 0;
};

}  // namespace gopol::providers::lint
