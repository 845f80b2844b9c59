#include "engine/rehearse/rehearse.h"

#include <algorithm>
#include <utility>

#include "engine/plan/provider.h"

namespace gopol::engine {
namespace {

using Kind = Rehearsed::Kind;

/// What stands in files alone is known: providers that do more say it by their writes, or by having
/// no edits.
bool is_all_edits(const Prepared& prepared) {
  return prepared.writes.empty() && !prepared.edits.empty();
}

class Trying {
 public:
  Trying(const Plan& plan, const Providers& providers, Host& copy)
      : plan_(plan), providers_(providers), copy_(copy) {}

  std::vector<Rehearsed> make() {
    std::vector<bool> blocked(plan_.stages.size());
    for (std::size_t i = 0; i < plan_.stages.size(); ++i) {
      const Stage& stage = plan_.stages[i];
      blocked[i] = std::any_of(stage.before.begin(), stage.before.end(),
                               [&](std::uint32_t earlier) { return blocked[earlier]; });
      if (!stage.change) continue;
      Rehearsed out{Kind::left, *stage.change};
      if (!blocked[i]) attempt(plan_.changes[*stage.change], out);
      blocked[i] = blocked[i] || out.kind == Kind::fails;
      outcomes_.push_back(std::move(out));
    }
    return std::move(outcomes_);
  }

  /// As if somebody asked for what was there before. What cannot be made is apply's to tell.
  void give_back() {
    std::vector<Change> changes;
    for (const Item* item : plan_.given_back()) {
      const bool same = !changes.empty() && changes.back().family == item->slot.family &&
                        changes.back().key == item->slot.key;
      if (!same) changes.push_back({item->slot.family, item->slot.key, {}, {}});
      const Assignment back{item->slot, item->current, item->target, item->allowed};
      changes.back().assignments.push_back(back);
      changes.back().wanted.push_back(back);
    }
    Rehearsed ignored;
    for (const Change& change : changes) attempt(change, ignored);
  }

 private:
  void attempt(const PlannedChange& planned, Rehearsed& out) {
    if (planned.prepared.demands.needs_person) return;
    attempt(planned.change, out);
  }

  void attempt(const Change& change, Rehearsed& out) {
    const Provider* provider = provider_of(providers_, change.family);
    if (provider == nullptr) return;
    const auto prepared = provider->prepare(change, std::as_const(copy_));
    if (!prepared) return fail(prepared.error(), out);
    for (const FileEdit& edit : prepared->edits) {
      if (const auto done = engine::make(edit, copy_.disk()); !done) return fail(done.error(), out);
    }
    out.kind = Kind::made;
    if (is_all_edits(*prepared)) return;
    const auto seen = provider->rehearse(change, copy_);
    if (!seen) return fail(seen.error(), out);
    if (*seen == Foresight::unknown) out.kind = Kind::unforeseen;
  }

  static void fail(const dsl::Diagnostics& why, Rehearsed& out) {
    out.kind = Kind::fails;
    out.why = why;
  }

  const Plan& plan_;
  const Providers& providers_;
  Host& copy_;
  std::vector<Rehearsed> outcomes_;
};

}  // namespace

Rehearsal rehearse(const Plan& plan, const Providers& providers, const Host& host) {
  auto log = std::make_unique<CopyLog>();
  Host copy = copy_of(host, *log);
  Trying trying(plan, providers, copy);
  auto outcomes = trying.make();
  trying.give_back();
  return {std::move(log), std::move(copy), std::move(outcomes)};
}

}  // namespace gopol::engine
