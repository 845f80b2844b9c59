#pragma once

#include <cstdint>
#include <vector>

#include "dsl/policy/policy.h"
#include "engine/plan/evaluate.h"

namespace gopol::engine {

/// What the tests of a policy have seen of it: which rules applied, or would have but for an
/// override; which parts of which guards were once true and once false.
class Coverage {
 public:
  explicit Coverage(const dsl::Policy& policy);

  void add(const Desired& desired, const Facts& facts);

  struct Count {
    std::size_t seen = 0, all = 0;
  };
  Count rules() const;
  Count branches() const;
  /// Rules that applied in no test.
  std::vector<std::uint32_t> unseen_rules() const;

 private:
  struct Branch {
    const dsl::Guard* atom;
    bool was_true = false, was_false = false;
  };
  void note_atoms(const dsl::Guard& guard);

  const dsl::Policy& policy_;
  std::vector<bool> applied_;
  std::vector<Branch> branches_;
};

}  // namespace gopol::engine
