#include "cli/workspace/plan/saved_plan_fit.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>

#include "cli/terminal/terminal.h"
#include "cli/workspace/plan/saved_plan.h"
#include "cli/workspace/policy_file.h"
#include "engine/plan/disclosure.h"
#include "engine/plan/interpolation.h"
#include "engine/plan/plan_report.h"
#include "engine/real/confine.h"

namespace gopol::cli {
namespace {

using engine::ItemState;
using engine::Planned;
using engine::Slot;

std::string current_text(const engine::Agreement& one) {
  const dsl::Allowed* named = one.gives_back ? nullptr : &one.allowed;
  return presentable(dsl::to_text(engine::shown(one.slot, one.current, named)));
}

std::string shown(const engine::Agreement& one) {
  return presentable(dsl::to_text(one.gives_back ? engine::shown_before(one.slot, one.allowed)
                                                 : engine::shown(one.slot, one.allowed)));
}

/// Items by slot; one that is in a plan twice, changed and reported, by its change.
class BySlot {
 public:
  explicit BySlot(const std::vector<SavedItem>& items) {
    for (const SavedItem& item : items) {
      const auto [at, is_first] = items_.emplace(item.agreed.slot, &item.agreed);
      if (!is_first && item.agreed.state == ItemState::change) at->second = &item.agreed;
    }
  }
  const engine::Agreement* find(const Slot& slot) const {
    const auto at = items_.find(slot);
    return at != items_.end() ? at->second : nullptr;
  }

 private:
  std::unordered_map<Slot, const engine::Agreement*, dsl::SlotHash> items_;
};

/// Why what was agreed to is not what would be done now; empty: it is the same.
std::string difference(const engine::Agreement& was, const engine::Agreement& is) {
  using engine::Disagreement;
  switch (engine::disagreement(was, is)) {
    case Disagreement::none: return "";
    case Disagreement::current:
      return fmt::format("was {} when planned, is {}", current_text(was), current_text(is));
    case Disagreement::state:
      return fmt::format("was to be changed when planned, is now {}", engine::word(is.state));
    case Disagreement::target:
      return fmt::format("was to become {} when planned, would become {}", shown(was), shown(is));
    case Disagreement::rule:
      return fmt::format("was to be changed by {} when planned, is by {}", was.rule, is.rule);
    case Disagreement::demands: break;
  }
  return "would now be changed in another way (sudo, irreversible, by hand)";
}

dsl::Diagnostics misfit(std::string what) {
  return {dsl::problem("R4008", std::move(what), "look at a new plan: `gopol plan --out FILE`")};
}

/// Takes items out of a policy until a plan of it has none but those of the saved plan.
class Fitting {
 public:
  Fitting(const SavedPlan& saved, LoadedPolicy loaded, const Options& options,
          const Workspace& workspace)
      : saved_(saved), saved_by_slot_(saved.items), options_(options), workspace_(workspace) {
    out_.loaded = std::move(loaded);
  }

  dsl::Result<ToApply> fit() {
    auto ledger = load_ledger(workspace_);
    if (!ledger) return ledger.error();
    for (bool first = true;; first = false) {
      auto planned = plan(*ledger);
      if (!planned) return planned.error();
      const auto now = saved_items(planned->plan, out_.loaded.policy, workspace_.sources);
      std::set<Slot> without = not_agreed(now);
      if (first) report_gone(now);
      add_waiting(*planned, without);
      if (without.empty()) {
        out_.agreed = std::move(*planned);
        return std::move(out_);
      }
      bool smaller = false;
      for (const Slot& slot : without) smaller |= take_out(*planned, slot);
      if (!smaller) return misfit("what is refused cannot be told from the rest of the plan");
    }
  }

 private:
  dsl::Result<Planned> plan(const engine::Ledger& ledger) const {
    std::optional<dsl::Result<Planned>> out;
    engine::Past past = past_of(out_.loaded, options_, workspace_, &ledger);
    past.left_alone = out_.left_alone;
    engine::run_confined(
        [&] { out = engine::plan_on(out_.loaded.policy, workspace_.world(), past); });
    return std::move(*out);
  }

  void refuse(const Slot& slot, const std::string& why) {
    out_.refused = true;
    if (told_.insert(slot).second)
      print(fmt::format("refused: {} {}\n", presentable(dsl::to_text(slot)), why));
  }

  /// What would be changed now, and was not agreed to as it is.
  std::set<Slot> not_agreed(const std::vector<SavedItem>& now) {
    std::set<Slot> out;
    for (const auto& [is, place] : now) {
      if (is.state != ItemState::change) continue;
      const engine::Agreement* was = saved_by_slot_.find(is.slot);
      if (was == nullptr || was->state != ItemState::change) {
        if (told_.insert(is.slot).second) {
          print(fmt::format("left out: {} was not to be changed when planned\n",
                            presentable(dsl::to_text(is.slot))));
        }
        out.insert(is.slot);
      } else if (const std::string why = difference(*was, is); !why.empty()) {
        refuse(is.slot, why);
        out.insert(is.slot);
      }
    }
    return out;
  }

  /// What was agreed to, and would not be changed now.
  void report_gone(const std::vector<SavedItem>& now) {
    const BySlot by_slot(now);
    for (const auto& [was, place] : saved_.items) {
      if (was.state != ItemState::change) continue;
      const engine::Agreement* is = by_slot.find(was.slot);
      if (is == nullptr) {
        refuse(was.slot, "was to be changed when planned, and no rule asks for it now");
      } else if ((is->state == ItemState::ok || is->state == ItemState::defeated) &&
                 is->current == was.target) {
        print(fmt::format("already so: {} is {}\n", presentable(dsl::to_text(was.slot)),
                          current_text(*is)));
      } else if (is->state != ItemState::change) {
        refuse(was.slot, difference(was, *is));
      }
    }
  }

  /// What is to be changed after something that is not changed now.
  void add_waiting(const Planned& planned, std::set<Slot>& without) {
    const auto& stages = planned.plan.stages;
    std::vector<bool> held(stages.size());
    for (std::size_t i = 0; i < stages.size(); ++i) {
      held[i] = std::any_of(stages[i].before.begin(), stages[i].before.end(),
                            [&](std::uint32_t earlier) { return held[earlier]; });
      if (!stages[i].change) continue;
      const engine::PlannedChange& one = planned.plan.changes[*stages[i].change];
      if (held[i]) {
        for (const std::uint32_t item : one.items) {
          const Slot& slot = planned.plan.items[item].slot;
          if (without.insert(slot).second) refuse(slot, "waits for what is not changed now");
        }
      }
      held[i] = held[i] || std::any_of(one.items.begin(), one.items.end(), [&](std::uint32_t item) {
                  return without.contains(planned.plan.items[item].slot);
                });
    }
  }

  /// Takes out of the policy what its rules enforce of a slot here, and out of what is given back;
  /// false: it was out before.
  bool take_out(const Planned& planned, const Slot& slot) {
    bool out = out_.left_alone.insert(slot).second;
    for (const engine::Wanted& wanted : planned.desired.wanted) {
      if (wanted.slot != slot || wanted.effect != dsl::Effect::enforce) continue;
      for (const auto& source : wanted.sources) {
        auto& assertions = out_.loaded.policy.rules[source.rule].assertions;
        const auto concerns = [&](const dsl::Assertion& one) {
          return one.span == source.span && one.slot.family == slot.family &&
                 one.slot.attribute == slot.attribute && one.slot.index == slot.index &&
                 engine::Interpolation(planned.facts).key(one) == slot.key;
        };
        const auto end = std::remove_if(assertions.begin(), assertions.end(), concerns);
        out = out || end != assertions.end();
        assertions.erase(end, assertions.end());
      }
    }
    return out;
  }

  const SavedPlan& saved_;
  const BySlot saved_by_slot_;
  const Options& options_;
  const Workspace& workspace_;
  ToApply out_;
  std::set<Slot> told_;
};

/// What the options say, with the policy that the plan was made of.
Options options_for(const SavedPlan& saved, const Options& options) {
  Options out = options;
  const SavedOrigin& from = saved.origin;
  out.arguments.clear();
  out.source = from.source;
  out.branch = from.branch;
  out.path = from.path;
  if (from.file.empty()) return out;
  const bool here = absolute(".").text == from.folder;  // then places read as in the plan
  out.arguments = {here ? from.file : (dsl::Path(from.folder) / from.file).text};
  return out;
}

/// A plan holds for one machine, one policy and one gopol.
dsl::Result<dsl::Done> check_whole(const SavedPlan& saved, const SavedPlan& now) {
  if (saved.machine != now.machine) return misfit("this plan was made for another machine");
  if (saved.origin.sources != now.origin.sources)
    return misfit("gopol.toml names another source than when this was planned");
  if (saved.origin.is_signed && !now.origin.is_signed)
    return misfit(
        fmt::format("the policy {} was signed when planned, and is not now", now.origin.name));
  if (saved.policy != now.policy) {
    if (saved.origin.commit == now.origin.commit)
      return misfit(fmt::format("the policy {} is not the one that was planned", now.origin.name));
    return misfit(fmt::format("the policy {} is now that of commit {:.7}, planned was {:.7}",
                              now.origin.name, now.origin.commit, saved.origin.commit));
  }
  if (saved.version != now.version)
    return misfit(fmt::format("this plan was made by gopol {}", presentable(saved.version)));
  if (saved.knowledge != now.knowledge)
    return misfit("what gopol knows of releases and archives is not what it was when planned");
  return dsl::Done{};
}

}  // namespace

dsl::Result<ToApply> load_to_apply(const Options& options, Workspace& workspace,
                                   dsl::Diagnostics& warnings) {
  std::optional<SavedPlan> saved;
  if (!options.arguments.empty()) {
    const std::string& file = options.arguments.front();
    const auto text = read_policy(file);
    if (!text) return text.error();
    const std::size_t begin = text->find_first_not_of(" \t\r\n");
    if (begin != std::string::npos && (*text)[begin] == '{') {
      auto plan = parse_saved_plan(*text, file);
      if (!plan) return plan.error();
      saved = std::move(*plan);
    }
  }
  if (saved && !options.source.empty()) {
    return dsl::problem("P0001", "a saved plan knows where its policy is", "leave out `--source`");
  }
  const Options wished = saved ? options_for(*saved, options) : options;
  auto loaded = load_policy(wished, workspace, warnings);
  if (!loaded) return loaded.error();
  if (!saved) return ToApply{std::move(*loaded), {}, false};
  const std::string hash = policy_hash(*loaded, workspace.sources);
  const auto now =
      saved_plan(wished, workspace, *loaded, hash, MadePlan{Planned{}, {}}, engine::Ledger{});
  if (!now) return now.error();
  if (auto fits = check_whole(*saved, *now); !fits) return fits.error();
  return Fitting(*saved, std::move(*loaded), options, workspace).fit();
}

}  // namespace gopol::cli
