#include "cli/workspace/machine/goal.h"

#include <fmt/format.h>

#include <thread>
#include <utility>

#include "dsl/syntax/slot.h"

namespace gopol::cli {
namespace {

constexpr std::chrono::seconds between_looks{1};

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
  const auto planned = engine::plan_on(policy, workspace.world(), {});
  if (!planned) return planned.error();
  for (const engine::Disputed& one : planned->desired.disputed)
    if (one.wanted.slot == slot) return one.why;
  for (const engine::Wanted& one : planned->desired.wanted)
    if (one.slot == slot) return one.allowed;
  return dsl::problem(
      "P0001", fmt::format("no rule that applies here says anything of `{}`", dsl::to_text(slot)),
      "`gopol why` shows its rules; without a policy `--want` says what it shall be");
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

}  // namespace

bool Goal::reached(const engine::Value& now) const {
  return now.is_known() && dsl::contains(allowed, now);
}

dsl::Result<engine::Slot> slot_to_guide(const std::string& name, const dsl::Schemas& schemas) {
  auto slot = dsl::parse_slot(name, schemas);
  if (!slot) return not_a_slot(name, schemas, slot.error());
  return slot;
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
  return Goal{slot, std::move(*allowed)};
}

dsl::Diagnostic no_steps(const engine::Slot& slot) {
  return dsl::problem("P0001",
                      fmt::format("there are no steps for a person to `{}`", dsl::to_text(slot)),
                      "`gopol apply` makes what a program may; `gopol plan` says what stays");
}

std::chrono::seconds patience_of(const Options& options, bool person) {
  if (options.wait >= 0) return std::chrono::seconds(options.wait);
  return std::chrono::hours(person ? 24 : 0);
}

engine::Observation wait_for(const Goal& goal, engine::Observation seen, std::chrono::seconds most,
                             const engine::World& world,
                             const std::function<void(const engine::Observation&)>& changed) {
  const auto end = std::chrono::steady_clock::now() + most;
  while (!goal.reached(seen.value) && std::chrono::steady_clock::now() < end) {
    std::this_thread::sleep_for(between_looks);
    engine::Observation next = engine::look(goal.slot, world);
    if (!(next.value == seen.value) && !goal.reached(next.value)) changed(next);
    seen = std::move(next);
  }
  return seen;
}

}  // namespace gopol::cli
