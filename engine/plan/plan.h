#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "dsl/policy/policy.h"
#include "engine/plan/claims.h"
#include "engine/plan/evaluate.h"
#include "engine/plan/facts.h"
#include "engine/plan/order.h"
#include "engine/plan/past.h"
#include "engine/plan/provider.h"

namespace gopol::engine {

/// Why a slot is to be changed. policy: the rule asks for something else than when it last held;
/// drift: it held, and the machine changed since; fresh: it never held here under gopol;
/// given_back: gopol owns it, and no rule asks for it any more.
enum class Cause : std::uint8_t { fresh, policy, drift, given_back };

enum class ItemState : std::uint8_t {
  ok,        ///< as the policy wants it
  change,    ///< to be changed
  finding,   ///< a `warn` rule is not met
  waived,    ///< not met, and agreed for a while
  unknown,   ///< its value, its guard or its target cannot be known: left alone
  conflict,  ///< the policy contradicts itself here: nobody writes it
  failed,    ///< its provider cannot say how to change it
  blocked,   ///< to be changed, and waits for what is not: see `reason`
  kept,      ///< gopol owns it, no rule asks for it here now, and it stays: see `reason`
  defeated,  ///< written as the policy wants it, and not in force: see `out_of_force`
  held,      ///< not as the policy wants it, because somebody took it back: left alone for a while
};

/// Of an item that no rule asks for.
inline constexpr std::uint32_t no_rule = UINT32_MAX;

/// One line of a plan: a slot, or a rule whose guard is unknown (then `slot` is the fact). One that
/// no rule asks for has no place.
struct Item {
  Slot slot;
  Value current;
  dsl::Prose origin;  ///< where `current` was read
  dsl::Allowed allowed;
  Value target;  ///< Unknown: the provider chooses when it applies
  /// drift: when it last held; of held: since when; seconds since 1970, 0: never
  std::int64_t held_at = 0;
  std::uint32_t rule = 0;  ///< the first rule that wants it, or no_rule
  dsl::Name owner;         ///< of no_rule: the one that did
  dsl::SourceSpan place;
  const dsl::Waiver* waiver = nullptr;   ///< of the policy; of waived
  dsl::Prose reason, remedy;             ///< of unknown; `reason` of blocked and kept
  dsl::SharedList<dsl::Diagnostic> why;  ///< of conflict and failed; never empty there
  dsl::SharedList<std::string> findings;
  OutOfForce out_of_force;  ///< of what is written as wished; of change what will stand in the way
  dsl::Prose note;
  ItemState state = ItemState::ok;
  Cause cause = Cause::fresh;
  bool fails_run = false;  ///< `on unknown fail`
  dsl::Demands demands = {};
};

/// One change, the items it answers for, and what its provider says it will do.
struct PlannedChange {
  Change change;
  std::uint32_t rule = 0;
  std::vector<std::uint32_t> items;
  Prepared prepared;
};

struct Plan {
  std::vector<Item> items;             ///< sorted by slot
  std::vector<PlannedChange> changes;  ///< in the order of the policy's rules
  std::vector<Stage> stages;           ///< the order in which they will be made
  std::vector<ClaimOutcome> claims;    ///< one for each of the policy's
  dsl::Diagnostics problems;           ///< all that items are conflict or failed for, each once
  std::vector<Slot> released;          ///< what gopol does not own any more once this is applied

  /// Whether applying it changes the machine.
  bool has_work() const;
  /// The slots that become what they were before gopol came. They are in no change.
  std::vector<const Item*> given_back() const;
};

/// The name of the rule that wants it, or wanted it last.
const dsl::Name& rule_name(const Item& item, const dsl::Policy& policy);

/// Pure: the same policy, facts and past give the same plan. `facts` holds every slot of
/// `desired`, and what gopol owns and no rule asks for (given_back.h). What contradicts itself is
/// the state of its items, what waits for it too (P3001, P3003, P3004, P3010, P3013). Errors: P3010
/// if the kinds of resources have no order at all.
Result<Plan> make_plan(const dsl::Policy& policy, const dsl::Schemas& schemas,
                       const Desired& desired, const Facts& facts, const Past& past);

/// Asks the providers what the changes will write; fills `prepared` and the flags of the items.
/// Reads the host, writes nothing. Takes out of the plan, and says why in its items: what a
/// provider cannot prepare, two changes of which one replaces a whole file that the other edits
/// (P3012), and what waits for them. Returns whether there was any.
bool prepare(Plan& plan, const dsl::Policy& policy, const Providers& providers, const Host& host);

/// What must be observed before a plan can be made.
std::vector<Wish> wishes_of(const Desired& desired);

}  // namespace gopol::engine
