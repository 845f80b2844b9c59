#pragma once

#include <map>
#include <memory>
#include <string>
#include <type_traits>
#include <utility>

#include "engine/plan/provider.h"

namespace gopol::providers {

// What every provider speaks of.
using dsl::Path;
using dsl::Value;
using engine::Change;
using engine::Host;
using engine::Observation;
using engine::Slot;

/// A family that answers each slot by itself. One `Reader` is made for each call of `observe`, of
/// the query and the host; what its slots share it reads once. `Base` is FactProvider for facts
/// alone.
template <class Reader, class Base = engine::Provider>
class SlotProvider : public Base {
 public:
  explicit SlotProvider(dsl::Schema schema) : schema_(std::move(schema)) {}

  const dsl::Schema& schema() const final { return schema_; }

  engine::Observed observe(const engine::Query& query, const Host& host) const final {
    Reader reader(query, host);
    engine::Observed out;
    for (const Slot& slot : query.slots) out.push_back(reader.read(slot));
    return out;
  }

 private:
  dsl::Schema schema_;
};

/// A family of facts alone, with nothing to say but what each slot is.
template <class Reader>
std::unique_ptr<engine::Provider> facts(dsl::Schema schema) {
  return std::make_unique<SlotProvider<Reader, engine::FactProvider>>(std::move(schema));
}

/// Slots that share nothing: `read(slot, host)`.
template <auto read_slot>
class Alone {
 public:
  Alone(const engine::Query&, const Host& host) : host_(host) {}
  Observation read(const Slot& slot) { return read_slot(slot, host_); }

 private:
  const Host& host_;
};

/// All slots share what `open(host)` gives: `read(slot, shared, host)`.
template <auto open, auto read_slot>
class Shared {
 public:
  Shared(const engine::Query&, const Host& host) : host_(host), shared_(open(host)) {}
  Observation read(const Slot& slot) { return read_slot(slot, shared_, host_); }

 private:
  const Host& host_;
  std::invoke_result_t<decltype(open), const Host&> shared_;
};

/// The slots of one key share what `open(key, query, host)` gives: `read(slot, shared, host)`.
template <auto open, auto read_slot>
class SharedByKey {
 public:
  SharedByKey(const engine::Query& query, const Host& host) : query_(query), host_(host) {}

  Observation read(const Slot& slot) {
    auto at = shared_.find(slot.key);
    if (at == shared_.end()) at = shared_.emplace(slot.key, open(slot.key, query_, host_)).first;
    return read_slot(slot, at->second, host_);
  }

 private:
  const engine::Query& query_;
  const Host& host_;
  std::map<std::string, std::invoke_result_t<decltype(open), const std::string&,
                                             const engine::Query&, const Host&>>
      shared_;
};

}  // namespace gopol::providers
