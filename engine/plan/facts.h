#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "dsl/value/dense_index.h"
#include "engine/plan/provider.h"

namespace gopol::engine {

using dsl::SlotHash;

/// What was observed in one run: every slot that was asked for, once.
class Facts {
 public:
  void add(Observation observation);
  /// nullptr: never asked for.
  const Observation* find(const Slot& slot) const;
  /// The value, or Unknown if it was never asked for.
  const Value& value(const Slot& slot) const;
  const std::vector<Observation>& all() const { return observations_; }  ///< in the order asked

 private:
  std::vector<Observation> observations_;
  std::optional<std::uint32_t> position(const Slot& slot) const;
  dsl::DenseIndex index_;
};

/// What shall be observed: slots, and the inputs of the resources they belong to.
struct Wish {
  Slot slot;
  Value value = {};    ///< of an input
  bool input = false;  ///< not observed, but told to the provider
};

/// Asks each family's provider once for all of its slots that `facts` does not hold yet. A slot
/// without a provider, or one that its provider does not answer, becomes Unknown.
void collect(std::span<const Wish> wishes, const Providers& providers, const Host& host,
             Facts& facts);

/// Where a value that is written as wished has no effect, and where nobody can tell.
struct OutOfForce {
  dsl::SharedList<Elsewhere> defeated;  ///< what is there is not allowed
  dsl::SharedList<Elsewhere> untold;    ///< what is there cannot be known
};

/// The one rule about being in force: a wish holds where it is written and wherever somebody works.
OutOfForce out_of_force(const dsl::Allowed& allowed, const Observation& seen);

/// `in terminals by FILE:LINE: there it is direct`; of an unknown value why it is one.
std::string elsewhere_text(const Slot& slot, const Elsewhere& one);

/// The same of an observation alone, whatever is wished: `defeated in …` of what is written,
/// `hidden in …` of a default, `in force: unknown in …`.
std::string force_text(const Observation& seen, const Elsewhere& one);

/// Whether a line stands somewhere that says so: not a default, and not nothing.
bool is_written(const Observation& seen);

}  // namespace gopol::engine
