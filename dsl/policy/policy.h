#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dsl/policy/allowed.h"
#include "dsl/policy/schema.h"
#include "dsl/value/diagnostic.h"
#include "dsl/value/interpolation_mark.h"
#include "dsl/value/source.h"
#include "dsl/value/value.h"

namespace gopol::dsl {

/// One fact against constants; facts are never compared with each other.
struct Atom {
  enum class Test : std::uint8_t {
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
  std::uint32_t fact = 0;                ///< index into Policy::facts
  std::optional<std::uint32_t> element;  ///< `GOPROXY[0]`: of the list, not the list
  Test test = Test::equal;
  SharedList<Value> values;  ///< equal, in, order tests; for `holds`: the element a list must hold,
                             ///< or nothing for a bool
  Box<Range> range;          ///< in
  Name glob;                 ///< matches
};

/// A three-valued condition. `!=`, `not in` and `is not` are a negation around an atom.
struct Guard {
  enum class Kind : std::uint8_t { always, atom, negation, all, any, shared };
  Atom atom;
  SharedList<Guard> parts;
  std::uint32_t shared = 0;  ///< index into Policy::guards: a profile's condition is kept once
  SourceSpan span;
  Kind kind = Kind::always;
};

/// One attribute of one resource and what it may be. Texts may hold interpolations (see below).
struct Assertion {
  Slot slot;
  Allowed allowed;
  const AttributeSchema* shape = nullptr;  ///< of the schemas it was checked against
  bool is_default = false;
  bool interpolated = false;
  bool key_is_path = false;
  SourceSpan span;
  SharedList<Label> trail;  ///< the names its value came through: `let`, parameters, arguments
};

enum class Effect : std::uint8_t { enforce, warn };
enum class UnknownAction : std::uint8_t { skip, warn, fail };

/// `waive rule until DATE`: where it holds, the rule is reported and not enforced.
struct Waiver {
  Guard guard;
  Date until;  ///< its day included
  std::string because, owner;
  SourceSpan span;  ///< the name of the rule in it
};

/// What a policy says about itself. assertion: where `when` holds, `that` holds of the machine
/// after it has converged. assumption: `that` holds of every machine. cover: where `when` holds,
/// some rule asserts `slot`.
struct Claim {
  enum class Kind { assertion, assumption, cover };
  Kind kind = Kind::assertion;
  std::string name;  ///< of an assertion
  Guard when, that;
  Slot slot;  ///< of a cover
  std::string message, because;
  SourceSpan span;
};

/// A `test` block.
struct TestCase {
  struct Given {
    Slot slot;
    Value value;  ///< Unknown and Absent too
  };
  struct Expect {
    enum class Form { converges, no_changes, rule, condition };
    Form form = Form::condition;
    std::int64_t passes = 0;  ///< converges: at most so many; 0: it was not said
    std::string rule;
    enum class Outcome { applies, skipped, waived, unknown };
    Outcome outcome = Outcome::applies;
    Guard condition;
    SourceSpan span;
  };
  std::string title;
  std::string fixture;  ///< beside the policy; empty: none
  std::vector<Given> given;
  std::vector<Expect> expects;
  SourceSpan span;          ///< its title
  SourceSpan fixture_span;  ///< if there is one
};

/// A checked policy: names resolved, types certain, lets and loops expanded, profiles flattened.
struct Policy {
  struct Rule {
    Name name;    ///< `profile.rule`, or `rule`; an override has the name of what it replaces
    Guard guard;  ///< the profile's and its own, without its overrides'
    Name because, owner;
    SharedList<std::uint32_t> after;  ///< indices into `rules`
    std::vector<Assertion> assertions;
    SharedList<Waiver> waivers;
    SharedList<Label> chain;                ///< how it got here: `extends`, `override`
    std::optional<std::uint32_t> replaces;  ///< of an override: the rule it stands in for
    SourceSpan span;                        ///< its name
    Effect effect = Effect::enforce;
    UnknownAction on_unknown = UnknownAction::skip;
    bool sealed = false;
  };

  std::vector<Slot> facts;  ///< what conditions and interpolations read, each once
  std::size_t observed =
      0;  ///< so many of `facts`, the first, concern a machine; tests read the rest
  std::vector<Guard> guards;  ///< what Guard::shared means; each uses only those before it
  std::vector<Rule> rules;
  std::vector<Claim> claims;
  std::vector<TestCase> tests;
  /// Declared labels with their words; no words: any text.
  std::vector<std::pair<std::string, std::vector<std::string>>> labels;
  /// Labels that decide about a waiver or a sealed rule: only the system-wide configuration sets
  /// them, so that nobody grants himself an exception.
  std::vector<std::string> protected_labels;
};

/// Replaces the marked names; nothing if `lookup` has no value for one of them.
std::optional<std::string> interpolate(
    std::string_view text,
    const std::function<std::optional<std::string>(std::string_view)>& lookup);

}  // namespace gopol::dsl
