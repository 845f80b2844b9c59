#include "engine/plan/plan_report.h"

namespace gopol::engine {
namespace {

bool deletes(const Item& item) {
  const auto* exists = item.target.as<bool>();
  return item.slot.attribute == "exists" && exists != nullptr && !*exists;
}

void count_change(const Item& item, PlanReport& out) {
  if (item.demands.needs_person) {
    ++out.by_hand;
    return;
  }
  ++out.change;
  switch (item.cause) {
    case Cause::fresh: ++out.fresh; break;
    case Cause::policy: ++out.policy; break;
    case Cause::drift: ++out.drift; break;
    case Cause::given_back: ++out.given_back; break;
  }
  if (item.demands.needs_root) ++out.needs_root;
  if (item.demands.irreversible) ++out.irreversible;
  if (deletes(item)) ++out.deleted;
}

void count_item(const Item& item, PlanReport& out) {
  switch (item.state) {
    case ItemState::ok:
      ++out.ok;
      if (!item.out_of_force.untold.empty()) ++out.untold;
      break;
    case ItemState::change: count_change(item, out); break;
    case ItemState::finding: ++out.warning; break;
    case ItemState::waived: ++out.waived; break;
    case ItemState::unknown:
      ++out.unknown;
      out.fails_run = out.fails_run || item.fails_run;
      break;
    case ItemState::conflict: ++out.conflict; break;
    case ItemState::failed: ++out.failed; break;
    case ItemState::blocked: ++out.blocked; break;
    case ItemState::kept: ++out.kept; break;
    case ItemState::defeated: ++out.defeated; break;
    case ItemState::held: ++out.held; break;
  }
}

/// Resources that were not there before gopol came, and go again.
std::size_t removed_again(const Plan& plan) {
  std::size_t out = 0;
  const Item* last = nullptr;  // of a resource all items stand together
  for (const Item& item : plan.items) {
    const bool goes = item.state == ItemState::change && item.cause == Cause::given_back &&
                      !item.slot.key.empty() && item.target.is_absent();
    if (!goes) continue;
    const bool again =
        last != nullptr && last->slot.family == item.slot.family && last->slot.key == item.slot.key;
    if (!again) ++out;
    last = &item;
  }
  return out;
}

}  // namespace

bool PlanReport::is_clean() const {
  return change + by_hand + warning + unknown + conflict + failed + blocked + held + defeated +
             untold ==
         0;
}

PlanReport report_of(const Plan& plan) {
  PlanReport out;
  out.deleted = removed_again(plan);
  for (const Item& item : plan.items) count_item(item, out);
  for (const ClaimOutcome& claim : plan.claims) {
    if (claim.state == ClaimState::refuted) ++out.warning;
    if (claim.state == ClaimState::unknown) ++out.unknown;
  }
  return out;
}

std::string_view word(ItemState state) {
  switch (state) {
    case ItemState::ok: return "ok";
    case ItemState::change: return "change";
    case ItemState::finding: return "warning";
    case ItemState::waived: return "waived";
    case ItemState::unknown: return "unknown";
    case ItemState::conflict: return "conflict";
    case ItemState::failed: return "failed";
    case ItemState::blocked: return "blocked";
    case ItemState::kept: return "kept";
    case ItemState::defeated: return "defeated";
    case ItemState::held: return "held";
  }
  return "ok";
}

std::optional<ItemState> state_of(std::string_view said) {
  using enum ItemState;
  for (const ItemState state :
       {ok, change, finding, waived, unknown, conflict, failed, blocked, kept, defeated, held}) {
    if (word(state) == said) return state;
  }
  return {};
}

}  // namespace gopol::engine
