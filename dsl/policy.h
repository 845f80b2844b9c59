#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dsl/allowed.h"
#include "dsl/schema.h"
#include "dsl/source.h"
#include "dsl/value.h"

namespace gopol::dsl {

/// One fact against constants; facts are never compared with each other.
struct Atom {
  enum class Test {
    equal,
    less,
    less_equal,
    greater,
    greater_equal,
    in,
    matches,
    holds,
    known,
    present
  };
  std::uint32_t fact = 0;  ///< index into Policy::facts
  Test test = Test::equal;
  std::vector<Value> values;   ///< equal, in, order tests; for `holds`: the element a list must
                               ///< hold, or nothing for a bool
  std::optional<Range> range;  ///< in
  std::string glob;            ///< matches
};

/// A three-valued condition. `!=`, `not in` and `is not` are a negation around an atom.
struct Guard {
  enum class Kind { always, atom, negation, all, any };
  Kind kind = Kind::always;
  Atom atom;
  std::vector<Guard> parts;
  SourceSpan span;
};

/// One attribute of one resource and what it may be. Texts may hold interpolations (see below).
struct Assertion {
  Slot slot;
  Allowed allowed;
  Type type;
  Preference preference = Preference::newest;
  bool is_default = false;
  bool input = false;
  bool interpolated = false;
  bool key_is_path = false;
  Result<Done> (*validate)(const Value&) = nullptr;  ///< for values that are interpolated first
  SourceSpan span;
};

enum class Effect { enforce, warn };
enum class UnknownAction { skip, warn, fail };

/// A checked policy: names resolved, types certain, lets and loops expanded.
struct Policy {
  struct Rule {
    std::string name;  ///< `profile.rule`, or `rule`
    Effect effect = Effect::enforce;
    UnknownAction on_unknown = UnknownAction::skip;
    Guard guard;  ///< the profile's and its own
    std::string because, owner;
    std::vector<std::uint32_t> after;  ///< indices into `rules`
    std::vector<Assertion> assertions;
    SourceSpan span;  ///< its name
  };

  std::vector<Slot> facts;  ///< what guards and interpolations read, each once
  std::vector<Rule> rules;
  /// Declared labels with their words; no words: any text.
  std::vector<std::pair<std::string, std::vector<std::string>>> labels;
};

/// A text with `${user.home}` in it is kept as text with the fact's name between two NUL bytes:
/// no source text holds a NUL, so nothing a user writes can look like one.
inline constexpr char interpolation_mark = '\0';

/// Replaces the marked names; nothing if `lookup` has no value for one of them.
std::optional<std::string> interpolate(
    std::string_view text,
    const std::function<std::optional<std::string>(std::string_view)>& lookup);

}  // namespace gopol::dsl
