#include "engine/apply/apply.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <string_view>
#include <unordered_set>
#include <utility>

#include "engine/apply/make_change.h"
#include "engine/encoding/sha256.h"
#include "engine/plan/set_aside.h"

namespace gopol::engine {
namespace {

/// Whether each slot that was moved is now as asked. A slot that the provider chose a value for
/// must satisfy what the policy allows.
dsl::Diagnostics differences(const Change& change, const Facts& facts) {
  dsl::Diagnostics out;
  for (const Assignment& assignment : change.assignments) {
    const Observation* seen = facts.find(assignment.slot);
    const bool unset =
        seen != nullptr && seen->inherited && dsl::contains(assignment.allowed, dsl::Absent{});
    if (seen != nullptr && (unset || dsl::contains(assignment.allowed, seen->value))) continue;
    const std::string value = seen == nullptr ? "nothing" : dsl::to_text(seen->value);
    out.push_back(dsl::problem(
        "R4004",
        fmt::format("after writing `{}`, reading gave {}", dsl::to_text(assignment.slot), value),
        "a provider did not do what it said; please report it"));
  }
  return out;
}

class Run {
 public:
  Run(const Planned& planned, const dsl::Policy& policy, const Providers& providers, Host& host,
      Journal& journal, const RunRecord& record)
      : plan_(planned.plan),
        policy_(policy),
        providers_(providers),
        host_(host),
        journal_(journal),
        record_(record) {}

  Report make() {
    std::vector<std::string> blocked(
        plan_.stages.size());  // by stage: the change that failed before it
    for (std::size_t i = 0; i < plan_.stages.size(); ++i) {
      const Stage& stage = plan_.stages[i];
      for (const std::uint32_t earlier : stage.before) {
        if (blocked[i].empty()) blocked[i] = blocked[earlier];
      }
      if (!stage.change) continue;
      const PlannedChange& planned = plan_.changes[*stage.change];
      Outcome outcome =
          blocked[i].empty() ? attempt(*stage.change) : skipped(*stage.change, blocked[i]);
      if (outcome.kind != Outcome::Kind::converged) {
        if (blocked[i].empty()) blocked[i] = name_of(planned.change);
      }
      if (record_.tell) record_.tell(planned, &outcome);
      report_.outcomes.push_back(std::move(outcome));
    }
    return std::move(report_);
  }

 private:
  static Outcome skipped(std::uint32_t index, const std::string& because_of) {
    Outcome out{Outcome::Kind::skipped, index, {}};
    out.why.push_back(
        dsl::problem("R4002", fmt::format("it waits for {}, which did not converge", because_of)));
    return out;
  }

  Outcome attempt(std::uint32_t index) {
    const PlannedChange& planned = plan_.changes[index];
    if (record_.tell) record_.tell(planned, nullptr);
    Outcome out{Outcome::Kind::failed, index, {}};
    const Provider* provider = provider_of(providers_, planned.change.family);
    const auto prepared = prepare_again(planned, *provider);
    auto images = prepared ? images_of(prepared->edits, host_.disk()) : prepared.error();
    if (!images) {
      out.why = images.error();
      return out;
    }
    JournalEntry entry = entry_for(index);
    entry.files = prepared->images;
    entry.files.insert(entry.files.end(), images->begin(), images->end());
    if (auto written = journal_.append(entry); !written) {
      out.why = written.error();
      return out;
    }
    writes_.add(*prepared);
    if (auto done = make_change(planned.change, *prepared, *images, *provider, host_); !done) {
      out.why = done.error();
    } else {
      out.why = differences(planned.change, observe_again(planned.change));
    }
    out.kind = out.why.empty() ? Outcome::Kind::converged : Outcome::Kind::failed;
    finish(std::move(entry), out);
    return out;
  }

  /// What the change would write now: what the plan showed, unless another change of this run moved
  /// the files.
  Result<Prepared> prepare_again(const PlannedChange& planned, const Provider& provider) const {
    auto now = provider.prepare(planned.change, host_);
    if (!now) return now;
    if (auto same = writes_.check_unchanged(planned.prepared, *now); !same) return same.error();
    return now;
  }

  Facts observe_again(const Change& change) {
    std::vector<Wish> wishes;
    const Provider* provider = provider_of(providers_, change.family);
    for (const Assignment& wanted : change.wanted) {
      const auto& attributes = provider->schema().attributes;
      const bool input =
          std::any_of(attributes.begin(), attributes.end(), [&](const auto& attribute) {
            return attribute.input && attribute.name == wanted.slot.attribute;
          });
      wishes.push_back({wanted.slot, wanted.to, input});
    }
    for (const Assignment& assignment : change.assignments) wishes.push_back({assignment.slot});
    Facts out;
    collect(wishes, providers_, host_, out);
    return out;
  }

  JournalEntry entry_for(std::uint32_t index) const {
    const PlannedChange& planned = plan_.changes[index];
    JournalEntry out;
    out.at = host_.system().now();
    out.run = record_.run;
    out.change = index;
    out.family = planned.change.family;
    out.key = planned.change.key;
    for (const Assignment& assignment : planned.change.assignments) {
      out.moves.push_back({assignment.slot, dsl::to_text(assignment.from),
                           assignment.to.is_unknown() ? dsl::to_text(assignment.allowed)
                                                      : dsl::to_text(assignment.to)});
    }
    out.rule = policy_.rules[planned.rule].name;
    out.place = record_.place ? record_.place(plan_.items[planned.items.front()].place) : "";
    out.commit = record_.commit;
    out.because = policy_.rules[planned.rule].because;
    const auto* commit =
        record_.written ? record_.written(plan_.items[planned.items.front()].place) : nullptr;
    if (commit != nullptr) out.written = *commit;
    return out;
  }

  void finish(JournalEntry entry, Outcome& outcome) {
    const bool converged = outcome.kind == Outcome::Kind::converged;
    entry.step = converged ? Step::done : Step::failed;
    entry.at = host_.system().now();
    if (!converged) entry.detail = outcome.why.front().message;
    for (const FileImage& image : entry.files) {
      const auto status = host_.disk().stat(image.path);
      if (!status || status->type != FileStatus::Type::regular) continue;
      const auto bytes = host_.disk().read(image.path);
      if (bytes && *bytes) entry.after.push_back({image.path, sha256(**bytes)});
    }
    entry.files.clear();  // the intent holds them
    entry.written.reset();
    if (auto written = journal_.append(entry); !written) {
      outcome.kind = Outcome::Kind::failed;
      for (const auto& error : written.error()) outcome.why.push_back(error);
    }
  }

  const Plan& plan_;
  const dsl::Policy& policy_;
  const Providers& providers_;
  Host& host_;
  Journal& journal_;
  const RunRecord& record_;
  Report report_;
  RunWrites writes_;
};

/// Of the elements that a policy includes, those that were not there by themselves.
std::vector<std::string> missing_in(const Value& value, const std::vector<std::string>& elements) {
  const auto* list = value.as<dsl::List>();
  const auto* set = value.as<dsl::Set>();
  std::unordered_set<std::string_view> there;
  if (list != nullptr) there.insert(list->items.begin(), list->items.end());
  if (set != nullptr) there.insert(set->items.begin(), set->items.end());
  std::vector<std::string> out;
  std::copy_if(elements.begin(), elements.end(), std::back_inserter(out),
               [&](const std::string& element) { return there.count(element) == 0; });
  return out;
}

/// What was there before, as it is first seen.
void note_first(const Observation& seen, const Item& item, Owned& owned) {
  owned.before = seen.inherited ? Value(dsl::Absent{}) : seen.value;
  owned.added = missing_in(seen.value, item.allowed.includes);
}

/// What earlier runs added is still ours, even if this one found it there.
void keep_added(const Owned& known, const Value& current, Owned& owned) {
  const std::vector<std::string> gone = missing_in(current, known.added);
  const std::unordered_set<std::string_view> not_ours(gone.begin(), gone.end());
  std::vector<std::string> out;
  std::copy_if(known.added.begin(), known.added.end(), std::back_inserter(out),
               [&](const std::string& element) { return !not_ours.contains(element); });
  for (std::string& element : owned.added) {
    if (std::find(out.begin(), out.end(), element) == out.end()) out.push_back(std::move(element));
  }
  owned.added = std::move(out);
}

}  // namespace

bool Report::converged() const {
  return std::all_of(outcomes.begin(), outcomes.end(), [](const Outcome& outcome) {
    return outcome.kind == Outcome::Kind::converged;
  });
}

Report apply(const Planned& planned, const dsl::Policy& policy, const Providers& providers,
             Host& host, Journal& journal, const RunRecord& record) {
  return Run(planned, policy, providers, host, journal, record).make();
}

void note_before(const Planned& planned, const dsl::Policy& policy,
                 std::chrono::system_clock::time_point now, Ledger& ledger) {
  for (const Item& item : planned.plan.items) {
    if (item.state != ItemState::change || ledger.find(item.slot) != nullptr) continue;
    Owned begun;
    begun.rule = policy.rules[item.rule].name;
    begun.when = now;
    begun.before = item.current;
    if (const Observation* seen = planned.facts.find(item.slot)) note_first(*seen, item, begun);
    ledger.put(item.slot, std::move(begun));
  }
}

void remember(const Planned& before, const Planned& after, const dsl::Policy& policy,
              std::chrono::system_clock::time_point now, Ledger& ledger) {
  for (const Item& item : after.plan.items) {
    const bool enforced =
        policy.rules[item.rule].effect == dsl::Effect::enforce && item.waiver == nullptr;
    if (item.state != ItemState::ok || !enforced || item.slot.family.empty()) continue;
    Owned owned;
    owned.allowed = item.allowed;
    owned.value = item.current;
    owned.rule = policy.rules[item.rule].name;
    owned.when = now;
    const Owned* known = ledger.find(item.slot);
    // A converged machine writes nothing: the time is that of the last convergence, not of the last
    // look.
    const bool same = known != nullptr && known->asserted(item.allowed) &&
                      known->held(item.current) && known->rule == owned.rule;
    const Observation* first = before.facts.find(item.slot);
    const bool was_moved = first != nullptr && !(first->value == item.current);
    if (same && !was_moved && !known->as_text) continue;
    if (same && !was_moved) owned.when = known->when;  // kept as text until now
    if (first != nullptr) note_first(*first, item, owned);
    if (known != nullptr) keep_added(*known, item.current, owned);
    ledger.put(item.slot, std::move(owned));
  }
}

}  // namespace gopol::engine
