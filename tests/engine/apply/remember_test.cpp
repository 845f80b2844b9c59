#include "engine/apply/remember.h"

#include "tests/catch.h"

using namespace gopol::engine;
namespace dsl = gopol::dsl;

namespace {

const Slot thing_a{"thing", "", "a", ""};
const std::chrono::system_clock::time_point long_ago(std::chrono::hours(1)),
    today(std::chrono::hours(1000));

/// A plan that would change the slot from `drifted`.
Planned plan_to_change() {
  Planned out;
  Item item;
  item.slot = thing_a;
  item.state = ItemState::change;
  item.current = Value("drifted");
  out.plan.items.push_back(item);
  out.facts.add({.slot = thing_a, .value = Value("drifted")});
  return out;
}

dsl::Policy policy() {
  dsl::Policy out;
  out.rules.emplace_back();
  out.rules.back().name = "today";
  return out;
}

}  // namespace

TEST_CASE("what is there before the first touch is noted, and who touches it") {
  Ledger ledger;
  note_before(plan_to_change(), policy(), today, ledger);
  const Owned* owned = ledger.find(thing_a);
  REQUIRE(owned != nullptr);
  CHECK(owned->before == Value("drifted"));
  CHECK(owned->rule == "today");
  CHECK(owned->when == today);
}

TEST_CASE("a slot that is known is known as it last converged until it converges again") {
  Ledger ledger;
  Owned known;
  known.allowed = dsl::Allowed{};
  known.value = Value("1");
  known.rule = "then";
  known.when = long_ago;
  known.before = Value("mine");
  ledger.put(thing_a, known);
  note_before(plan_to_change(), policy(), today, ledger);
  const Owned* owned = ledger.find(thing_a);
  REQUIRE(owned != nullptr);
  CHECK(owned->held(Value("1")));
  CHECK(owned->rule == "then");
  CHECK(owned->when == long_ago);
  CHECK(owned->before == Value("mine"));
}
