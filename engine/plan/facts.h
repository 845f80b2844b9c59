#pragma once

#include <cstdint>
#include <optional>
#include <span>
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

}  // namespace gopol::engine
