#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "engine/plan/provider.h"

namespace gopol::tests {

/// What a FakeProvider's slots are; shared by tests and the providers they hand to the engine.
struct FakeWorld {
  std::map<std::string, dsl::Value> values;        ///< by slot text
  std::map<std::string, dsl::Value> in_terminals;  ///< what a slot is there, if it is another
  std::set<std::string> misplaced;
  std::vector<std::string> observed, written;  ///< in order
  std::set<std::string> failing;               ///< slots whose write fails
  std::set<std::string> deaf;                  ///< slots whose write says done and does nothing
  std::map<std::string, engine::Prepared> prepared;  ///< by family, else nothing is said
  std::map<std::string, std::string> unprepared;     ///< keys that cannot be prepared, and why
};

/// A family whose slots live in a FakeWorld.
std::unique_ptr<engine::Provider> fake_provider(dsl::Schema schema, FakeWorld& world);

/// A family with text attributes `a` and `b`, keyed if wanted.
dsl::Schema fake_schema(std::string family, bool keyed = false);

/// A host that has nothing and can do nothing.
std::unique_ptr<engine::Host> empty_host();

}  // namespace gopol::tests
