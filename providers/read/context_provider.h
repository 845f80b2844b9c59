#pragma once

#include <memory>
#include <utility>

#include "engine/plan/provider.h"

namespace gopol::providers {

/// A family of facts in which each is read by itself: `read(slot, host)` gives its value.
template <class Read>
class ContextProvider final : public engine::FactProvider {
 public:
  ContextProvider(dsl::Schema schema, Read read)
      : schema_(std::move(schema)), read_(std::move(read)) {}

  const dsl::Schema& schema() const override { return schema_; }

  engine::Observed observe(const engine::Query& query, const engine::Host& host) const override {
    engine::Observed out;
    for (const engine::Slot& slot : query.slots) out.push_back(read_(slot, host));
    return out;
  }

 private:
  dsl::Schema schema_;
  Read read_;
};

template <class Read>
std::unique_ptr<engine::Provider> context_provider(dsl::Schema schema, Read read) {
  return std::make_unique<ContextProvider<Read>>(std::move(schema), std::move(read));
}

}  // namespace gopol::providers
