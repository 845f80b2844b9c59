#include <fmt/format.h>

#include <chrono>
#include <span>
#include <thread>
#include <utility>

#include "cli/command/commands.h"
#include "cli/command/with_workspace.h"
#include "cli/terminal/terminal.h"
#include "cli/workspace/fact_names.h"
#include "cli/workspace/policy_file.h"
#include "cli/workspace/workspace.h"
#include "engine/plan/disclosure.h"
#include "engine/plan/planning.h"
#include "engine/real/confine.h"

namespace gopol::cli {
namespace {

constexpr std::chrono::seconds between_looks{1};

/// What is to be reached: as the policy says it, as `--want` says it, or what is usually wanted.
class Goal {
 public:
  Goal(engine::Slot slot, dsl::Allowed allowed)
      : slot_(std::move(slot)), allowed_(std::move(allowed)) {}

  const engine::Slot& slot() const { return slot_; }
  const dsl::Allowed& allowed() const { return allowed_; }
  bool reached(const engine::Value& now) const {
    return now.is_known() && dsl::contains(allowed_, now);
  }
  std::string text() const { return dsl::to_text(allowed_); }

 private:
  engine::Slot slot_;
  dsl::Allowed allowed_;
};

dsl::Allowed only(engine::Value value) {
  dsl::Allowed out;
  out.one_of = {{std::move(value)}};
  return out;
}

/// `true`, `allowed`: what the type has a word for.
dsl::Result<dsl::Allowed> wanted_word(const engine::Slot& slot, const std::string& word,
                                      const dsl::Schemas& schemas) {
  const auto* schema = schemas.find(slot.family);
  const auto* shape = schema != nullptr ? find_attribute(*schema, slot.attribute) : nullptr;
  const dsl::Type type = shape != nullptr ? shape->type : dsl::Type{};
  if (type.kind == dsl::TypeKind::boolean) {
    if (word.empty() || word == "true") return only(true);
    if (word == "false") return only(false);
  }
  if (type.kind == dsl::TypeKind::word && !type.words.empty()) {
    const std::string& usual = type.words.front();
    if (word.empty()) return only(usual == "off" ? "on" : usual);
    for (const std::string& one : type.words)
      if (one == word) return only(one);
  }
  if (word.empty() && type.kind == dsl::TypeKind::list) return dsl::Allowed{};
  return dsl::problem("P0001", fmt::format("what `{}` shall be is not said", dsl::to_text(slot)),
                      fmt::format("name a policy, or `--want`: it is {}", dsl::to_text(type)));
}

/// What the rules that apply here want of the slot.
dsl::Result<dsl::Allowed> wanted_by_policy(const engine::Slot& slot, dsl::Policy policy,
                                           const Workspace& workspace) {
  for (dsl::Policy::Rule& rule : policy.rules)
    std::erase_if(rule.assertions,
                  [&](const dsl::Assertion& one) { return one.slot.family != slot.family; });
  policy.claims.clear();
  const engine::Host& reading = *workspace.host;
  const auto planned = engine::plan_on(policy, workspace.schemas, workspace.providers, reading, {});
  if (!planned) return planned.error();
  for (const engine::Disputed& one : planned->desired.disputed)
    if (one.wanted.slot == slot) return one.why;
  for (const engine::Wanted& one : planned->desired.wanted)
    if (one.slot == slot) return one.allowed;
  return dsl::problem(
      "P0001", fmt::format("no rule that applies here says anything of `{}`", dsl::to_text(slot)),
      "`gopol why` shows its rules; without a policy `--want` says what it shall be");
}

dsl::Result<Goal> goal_of(const Options& options, const engine::Slot& slot, Workspace& workspace) {
  dsl::Result<dsl::Allowed> allowed = dsl::Allowed{};
  if (options.arguments.size() > 1) {
    Options policy = options;
    policy.arguments.erase(policy.arguments.begin());
    dsl::Diagnostics warnings;
    const auto loaded = load_policy(policy, workspace, warnings);
    if (!loaded) return loaded.error();
    allowed = wanted_by_policy(slot, loaded->policy, workspace);
  } else {
    allowed = wanted_word(slot, options.want, workspace.schemas);
  }
  if (!allowed) return allowed.error();
  return Goal(slot, std::move(*allowed));
}

/// `tcc.grant` alone is no slot: an example is.
dsl::Diagnostic not_a_slot(const std::string& name, const dsl::Schemas& schemas,
                           const dsl::Diagnostics& otherwise) {
  const dsl::Schema* family = schemas.find(name);
  if (family == nullptr || family->attributes.empty()) return otherwise.front();
  const char* key = !family->key          ? ""
                    : name == "tcc.grant" ? "[\"com.apple.Terminal\"]"
                                          : "[\"KEY\"]";
  return dsl::problem("P2001", fmt::format("`{}` is a family of slots", name),
                      fmt::format("name one, such as `gopol guide '{}{}.{}'`", name, key,
                                  family->attributes.front().name));
}

engine::Observation look(const engine::Slot& slot, const Workspace& workspace) {
  engine::Facts facts;
  const engine::Wish wish{slot};
  const engine::Host& reading = *workspace.host;
  engine::collect(std::span(&wish, 1), workspace.providers, reading, facts);
  return *facts.find(slot);
}

std::string now_text(const engine::Observation& seen) {
  std::string out = fmt::format(
      "now: {}\n", presentable(dsl::to_text(engine::shown(seen.slot, seen.value)), 200));
  if (const auto* unknown = seen.value.as<dsl::Unknown>()) {
    out = fmt::format("now: unknown, {}\n", presentable(unknown->reason, 300));
    if (!unknown->remedy.empty())
      out += fmt::format("     {}\n", presentable(unknown->remedy, 300));
  }
  for (const std::string& finding : seen.findings)
    out += fmt::format("     {}\n", presentable(finding, 300));
  return out;
}

std::string steps_text(const engine::Guide& guide) {
  std::string out;
  for (std::size_t i = 0; i < guide.steps.size(); ++i)
    out += fmt::format("{:>2}. {}\n", i + 1, guide.steps[i]);
  return out;
}

/// Looks again until it is done, or time is up; says what changes.
engine::Observation wait(const Goal& goal, engine::Observation seen, std::chrono::seconds most,
                         const Workspace& workspace) {
  const auto end = std::chrono::steady_clock::now() + most;
  while (!goal.reached(seen.value) && std::chrono::steady_clock::now() < end) {
    std::this_thread::sleep_for(between_looks);
    engine::Observation next = look(goal.slot(), workspace);
    if (!(next.value == seen.value) && !goal.reached(next.value)) print(now_text(next));
    seen = std::move(next);
  }
  return seen;
}

Exit conclude(const Goal& goal, const engine::Observation& seen) {
  if (goal.reached(seen.value)) {
    print(fmt::format("done: {} is {}\n", dsl::to_text(goal.slot()), dsl::to_text(seen.value)));
    return Exit::clean;
  }
  return seen.value.is_known() || seen.value.is_absent() ? Exit::pending : Exit::unknown_left;
}

}  // namespace

Exit guide_command(const Options& options) {
  return with_workspace(options, Access::read, [&](Workspace& workspace) -> dsl::Result<Exit> {
    const auto slot = parse_slot(options.arguments.front(), workspace.schemas);
    if (!slot) {
      report({not_a_slot(options.arguments.front(), workspace.schemas, slot.error())},
             workspace.sources);
      return Exit::usage;
    }
    const auto* provider = engine::provider_of(workspace.providers, slot->family);
    const engine::Host& reading = *workspace.host;
    if (!provider->guide(*slot, {}, reading)) {
      print(now_text(look(*slot, workspace)));
      return dsl::problem(
          "P0001", fmt::format("there are no steps for a person to `{}`", dsl::to_text(*slot)),
          "`gopol apply` makes what a program may; `gopol plan` says what stays");
    }
    const auto goal = goal_of(options, *slot, workspace);
    if (!goal) return goal.error();
    engine::confine_to_reading();  // from here on it only looks, perhaps for hours
    const auto guide = provider->guide(*slot, goal->allowed(), reading);
    engine::Observation seen = look(*slot, workspace);
    if (goal->reached(seen.value)) return conclude(*goal, seen);
    print(fmt::format("{} shall be {}\n", dsl::to_text(*slot), goal->text()) + now_text(seen) +
          steps_text(*guide));
    if (!guide->blind.empty()) {
      print("nothing will show here when it is done: " + guide->blind + "\n");
      return conclude(*goal, seen);
    }
    const auto patience = std::chrono::seconds(options.wait >= 0                 ? options.wait
                                               : terminal_of(stdout).is_terminal ? 24 * 3600
                                                                                 : 0);
    if (patience.count() > 0) print("waiting until it is; Ctrl-C ends this\n");
    return conclude(*goal, wait(*goal, std::move(seen), patience, workspace));
  });
}

}  // namespace gopol::cli
