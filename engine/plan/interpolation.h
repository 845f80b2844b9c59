#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "dsl/policy/policy.h"
#include "engine/plan/facts.h"

namespace gopol::engine {

/// A text with its interpolations as the policy spells them: `${user.home}`.
std::string as_written(const std::string& with_marks);

/// Fills in `${user.home}` and its like; remembers the first fact that has no value.
class Interpolation {
 public:
  explicit Interpolation(const Facts& facts) : facts_(facts) {}

  std::string text(const std::string& with_marks);
  Value value(Value value);
  dsl::Allowed allowed(dsl::Allowed allowed);
  /// The key of an assertion's resource; one file has one name.
  dsl::Name key(const dsl::Assertion& assertion);

  const std::optional<Slot>& missing() const { return missing_; }

 private:
  void texts(std::span<std::string> items);
  std::optional<std::string> known_text(const Slot& slot);

  const Facts& facts_;
  std::optional<Slot> missing_;
};

}  // namespace gopol::engine
