#include "engine/plan/plan_report.h"

#include "tests/catch.h"

using namespace gopol;
using engine::Cause;
using engine::ClaimState;
using engine::ItemState;

namespace {

engine::Item item_in(ItemState state) {
  engine::Item out;
  out.state = state;
  return out;
}

engine::Item change_for(Cause cause) {
  engine::Item out = item_in(ItemState::change);
  out.cause = cause;
  return out;
}

}  // namespace

TEST_CASE("a plan's tally has one place for each state") {
  engine::Plan plan;
  for (const ItemState state :
       {ItemState::ok, ItemState::ok, ItemState::finding, ItemState::waived, ItemState::unknown,
        ItemState::conflict, ItemState::failed, ItemState::blocked, ItemState::blocked,
        ItemState::blocked, ItemState::defeated, ItemState::defeated})
    plan.items.push_back(item_in(state));
  const auto report = engine::report_of(plan);
  CHECK(report.ok == 2);
  CHECK(report.change == 0);
  CHECK(report.warning == 1);
  CHECK(report.waived == 1);
  CHECK(report.unknown == 1);
  CHECK(report.conflict == 1);
  CHECK(report.failed == 1);
  CHECK(report.blocked == 3);
  CHECK(report.defeated == 2);
}

TEST_CASE("what only a person can change is not counted as a change of gopol's") {
  engine::Plan plan;
  plan.items = {change_for(Cause::fresh), change_for(Cause::drift), change_for(Cause::policy)};
  plan.items[0].demands.needs_person = true;
  plan.items[1].demands.needs_root = true;
  plan.items[2].demands.irreversible = true;
  const auto report = engine::report_of(plan);
  CHECK(report.change == 2);
  CHECK(report.by_hand == 1);
  CHECK(report.fresh == 0);
  CHECK(report.drift == 1);
  CHECK(report.policy == 1);
  CHECK(report.needs_root == 1);
  CHECK(report.irreversible == 1);
}

TEST_CASE("claims count as what they say of the machine") {
  engine::Plan plan;
  for (const ClaimState state :
       {ClaimState::holds, ClaimState::refuted, ClaimState::unknown, ClaimState::elsewhere})
    plan.claims.push_back({state, {}});
  const auto report = engine::report_of(plan);
  CHECK(report.warning == 1);
  CHECK(report.unknown == 1);
  CHECK(!report.is_clean());
}

TEST_CASE("a plan is clean where nothing is left open") {
  engine::Plan plan;
  plan.items = {item_in(ItemState::ok), item_in(ItemState::waived)};
  CHECK(engine::report_of(plan).is_clean());
  for (const ItemState state :
       {ItemState::change, ItemState::finding, ItemState::unknown, ItemState::conflict,
        ItemState::failed, ItemState::blocked, ItemState::defeated}) {
    CAPTURE(engine::word(state));
    plan.items[1].state = state;
    CHECK(!engine::report_of(plan).is_clean());
  }
  plan.items[1].state = ItemState::ok;
  plan.items[1].out_of_force.untold = {{"terminals", dsl::Unknown{"because", ""}, ""}};
  CHECK(engine::report_of(plan).untold == 1);
  CHECK(!engine::report_of(plan).is_clean());
}
