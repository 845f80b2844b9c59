#include "engine/diff/strength.h"

#include <algorithm>
#include <optional>
#include <string>

namespace gopol::engine {
namespace {

using dsl::Allowed;
using dsl::Bound;

/// Whether everything above `a` lies above `b`; `high` turns it round.
bool within(const std::optional<Bound>& a, const std::optional<Bound>& b, bool high) {
  if (!b) return true;
  if (!a) return false;
  const auto place = dsl::order(a->value, b->value);
  if (!place) return false;
  if (*place == 0) return b->included || !a->included;
  return (*place > 0) != high;
}

bool within(const dsl::Box<dsl::Range>& a, const dsl::Box<dsl::Range>& b) {
  if (!b) return true;
  return a && within(a->low, b->low, false) && within(a->high, b->high, true);
}

bool has_all(const dsl::SharedList<std::string>& all, const dsl::SharedList<std::string>& some) {
  return std::all_of(some.begin(), some.end(), [&](const std::string& one) {
    return std::find(all.begin(), all.end(), one) != all.end();
  });
}

/// Whether all values that `a` permits are permitted by `b`, as far as the parts show.
bool is_subset(const Allowed& a, const Allowed& b) {
  if (a.one_of) {
    return std::all_of(a.one_of->begin(), a.one_of->end(), [&](const dsl::Value& value) {
      return !dsl::contains(a, value) || dsl::contains(b, value);
    });
  }
  const bool excludes = std::all_of(b.none_of.begin(), b.none_of.end(),
                                    [&](const auto& value) { return !dsl::contains(a, value); });
  return !b.one_of && excludes && within(a.range, b.range) && has_all(a.includes, b.includes) &&
         has_all(a.excludes, b.excludes) && has_all(a.globs, b.globs);
}

}  // namespace

Strength compare_values(const Allowed& was, const Allowed& is) {
  if (was == is) return Strength::same;
  const bool fewer = is_subset(is, was), more = is_subset(was, is);
  if (fewer && more) return Strength::same;
  if (fewer) return Strength::stronger;
  return more ? Strength::weaker : Strength::other;
}

}  // namespace gopol::engine
