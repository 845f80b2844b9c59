#pragma once

#include <optional>
#include <string>
#include <vector>

#include "dsl/policy/schema.h"
#include "dsl/value/box.h"
#include "dsl/value/shared_list.h"
#include "dsl/value/value.h"

namespace gopol::dsl {

/// One end of a range.
struct Bound {
  Value value;
  bool included = true;
  bool operator==(const Bound&) const = default;
};

/// From `low` to `high`; a missing end is open.
struct Range {
  std::optional<Bound> low, high;
  bool operator==(const Range&) const = default;
};

/// The values that an assertion, or several that meet, permit. Every part that is given must hold;
/// Absent in `one_of` is `unset`. A conjunction of parts, so that any two assertions meet part by
/// part.
struct Allowed {
  std::optional<SharedList<Value>> one_of;     ///< `=`, `in [..]`
  Box<Range> range;                            ///< `>=`, `in a ..< b`, `1.22.x`
  SharedList<Value> none_of;                   ///< `!=`
  SharedList<std::string> includes, excludes;  ///< of a list or set
  SharedList<std::string> globs;               ///< `matches`
  bool operator==(const Allowed&) const = default;
};

bool contains(const Allowed& allowed, const Value& value);

/// Both at once; nothing if no value can satisfy both, as far as the parts alone show.
std::optional<Allowed> meet(const Allowed& a, const Allowed& b);

/// What to write: the current value if it is allowed, else the preferred allowed one; edits act on
/// the current value. Nothing if only a provider can say (a range without a known candidate).
std::optional<Value> choose(const Allowed& allowed, const Value& current, const Type& type,
                            Preference preference);

/// What a plan prints for the wanted side: `1.22.2`, `≥ 15.4`, `1.22 ..< 1.23`, `includes [a]`.
std::string to_text(const Allowed& allowed);

/// Shell-like patterns: `*` any run, `?` any byte; with `paths`, `*` and `?` stop at `/` and `**`
/// does not. Linear in pattern times text.
bool glob_matches(std::string_view pattern, std::string_view text, bool paths = false);

}  // namespace gopol::dsl
