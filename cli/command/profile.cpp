#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "cli/command/commands.h"
#include "cli/command/with_workspace.h"
#include "cli/terminal/exit_of.h"
#include "cli/terminal/terminal.h"
#include "cli/workspace/policy_file.h"
#include "cli/workspace/workspace.h"
#include "engine/plan/planning.h"
#include "engine/real/confine.h"
#include "providers/tcc/mobileconfig.h"

namespace gopol::cli {
namespace {

namespace tcc = providers::tcc;
constexpr const char* family = "tcc.grant";

/// What the policy says of TCC, and nothing else: no other slot is looked at.
dsl::Policy about_tcc(dsl::Policy policy) {
  for (dsl::Policy::Rule& rule : policy.rules)
    std::erase_if(rule.assertions,
                  [](const dsl::Assertion& one) { return one.slot.family != family; });
  policy.claims.clear();
  return policy;
}

std::vector<std::string> decisions_of(const dsl::Allowed& allowed) {
  std::vector<std::string> out = allowed.includes;
  for (const dsl::Value& one : allowed.one_of.value_or(std::vector<dsl::Value>())) {
    if (const auto* word = one.as<std::string>()) out.push_back(*word);
    if (const auto* list = one.as<dsl::List>())
      out.insert(out.end(), list->items.begin(), list->items.end());
  }
  return out;
}

class Wishes {
 public:
  Wishes(const dsl::Policy& policy, const engine::Planned& planned)
      : policy_(policy), planned_(planned) {}

  std::vector<tcc::Wish> all() const {
    std::vector<tcc::Wish> out;
    for (const engine::Wanted& one : planned_.desired.wanted) {
      const auto& rule = policy_.rules[one.sources.front().rule];
      tcc::Wish wish{one.slot.attribute, one.slot.key, "", "", rule.because};
      const bool of_receivers = one.shape != nullptr && one.shape->type.kind == dsl::TypeKind::list;
      for (const std::string& decision : decisions_of(one.allowed)) {
        wish.decision = of_receivers ? "allowed" : decision;
        wish.receiver = of_receivers ? decision : "";
        out.push_back(wish);
      }
    }
    return out;
  }

  /// Rules that say something of TCC and do not act on this machine.
  std::string left_out() const {
    std::string out;
    for (std::size_t i = 0; i < policy_.rules.size(); ++i) {
      const auto status = planned_.desired.rules[i].status;
      if (policy_.rules[i].assertions.empty() || status == engine::RuleStatus::applies) continue;
      const char* why = status == engine::RuleStatus::unknown  ? "cannot be decided"
                        : status == engine::RuleStatus::waived ? "is waived"
                                                               : "does not apply";
      out += fmt::format("left out: rule `{}`, which {} on this machine\n", policy_.rules[i].name,
                         why);
    }
    return out;
  }

 private:
  const dsl::Policy& policy_;
  const engine::Planned& planned_;
};

struct MadeProfile {
  std::vector<tcc::PppcEntry> entries;
  dsl::Diagnostics refused;
};

MadeProfile entries_of(const std::vector<tcc::Wish>& wishes, const engine::Host& host) {
  MadeProfile out;
  for (const tcc::Wish& wish : wishes) {
    auto entry = tcc::pppc_entry(wish, host);
    if (entry)
      out.entries.push_back(std::move(*entry));
    else
      out.refused.insert(out.refused.end(), entry.error().begin(), entry.error().end());
  }
  return out;
}

Exit write(const MadeProfile& made, const Options& options, const dsl::SourceMap& sources) {
  for (const tcc::PppcEntry& entry : made.entries) {
    if (!entry.note.empty()) print_error("note: " + entry.note + "\n");
  }
  report(made.refused, sources);
  const std::string text =
      tcc::mobileconfig(made.entries, {options.identifier, options.organization});
  if (options.output.empty()) {
    print(text);
  } else if (auto written = write_policy(options.output, text); !written) {
    report(written.error(), sources);
    return exit_of(written.error());
  } else {
    print(fmt::format(
        "{} written, {} decision{}; an MDM server installs it, no Mac takes it by hand\n",
        options.output, made.entries.size(), made.entries.size() == 1 ? "" : "s"));
  }
  return made.refused.empty() ? Exit::clean : Exit::findings;
}

}  // namespace

Exit profile_command(const Options& options) {
  return with_policy(
      options, Access::read, [&](Workspace& workspace, LoadedPolicy& loaded) -> dsl::Result<Exit> {
        const engine::Host& reading = *workspace.host;
        if (reading.system().platform() != "macos")
          return dsl::problem("R4002", "only a Mac has TCC",
                              "make the profile on a Mac that has the programs it names: their "
                              "signatures go into it");
        const dsl::Policy policy = about_tcc(loaded.policy);
        dsl::Result<engine::Planned> planned = engine::Planned{};
        MadeProfile made;
        std::string left_out;
        engine::run_confined([&] {
          planned = engine::plan_on(policy, workspace.schemas, workspace.providers, reading, {});
          if (!planned) return;
          const Wishes wishes(policy, *planned);
          left_out = wishes.left_out();
          made = entries_of(wishes.all(), reading);
        });
        if (!planned) return planned.error();
        if (!planned->desired.conflicts.empty()) return planned->desired.conflicts;
        print_error(left_out);
        if (!made.entries.empty()) return write(made, options, workspace.sources);
        if (!made.refused.empty()) {
          report(made.refused, workspace.sources);
          return Exit::findings;
        }
        return dsl::problem("P0001", "no rule that applies here says anything of `tcc.grant`",
                            "write `warn access { tcc.grant \"com.apple.Terminal\" { "
                            "SystemPolicyAllFiles = allowed } }`");
      });
}

}  // namespace gopol::cli
