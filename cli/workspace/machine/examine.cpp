#include "cli/workspace/machine/examine.h"

#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include "cli/workspace/fact_names.h"
#include "cli/workspace/import_text.h"
#include "cli/workspace/lint.h"
#include "dsl/check/check.h"
#include "engine/host/read_once.h"
#include "engine/plan/planning.h"
#include "engine/real/confine.h"

namespace gopol::cli {
namespace {

using providers::Ailment;

/// Lints about how a policy is written, where a machine has no author; L501 is said of Homebrew
/// itself.
constexpr std::array about_writing = {"L404", "L405", "L406", "L501",
                                      "L503", "L505", "L506", "L507"};

/// What the lints say of a policy that describes this machine. `rosetta`: whether it is there.
std::vector<Ailment> linted(const std::string& text, const dsl::Value& rosetta,
                            Workspace& workspace) {
  dsl::Diagnostics ignored;
  const auto id = workspace.sources.add("this machine", text);
  const auto no_import = [](std::string_view,
                            const std::string&) -> dsl::Result<dsl::ImportedText> {
    return dsl::problem("P2010", "a machine imports nothing");
  };
  const auto program = dsl::load(std::span(&id, 1), workspace.sources, no_import, ignored);
  auto policy = program ? dsl::check(*program, workspace.schemas, ignored)
                        : dsl::Result<dsl::Policy>(program.error());
  if (!policy)
    return {{dsl::Severity::note,
             "what is known of releases was not looked at: " + policy.error().front().message, ""}};
  std::vector<Ailment> out;
  for (const dsl::Diagnostic& one : lint(*program, *policy, workspace)) {
    const bool of_machines = one.code.starts_with("L4") || one.code.starts_with("L5");
    if (!of_machines || std::count(about_writing.begin(), about_writing.end(), one.code) > 0)
      continue;
    Ailment ailment{one.severity, one.message, one.mend.empty() ? one.help.text() : one.mend};
    if (one.code == "L417" && rosetta == dsl::Value(false)) {
      ailment.severity = dsl::Severity::error;
      ailment.what = "an amd64 Go does not start on this arm64 Mac: it has no Rosetta 2";
    }
    out.push_back(std::move(ailment));
  }
  return out;
}

/// Every slot that is listed, and which Go runs at home.
engine::Facts all_facts(const engine::World& world) {
  std::vector<engine::Wish> wishes;
  const auto slots = slots_named({}, world);
  for (const engine::Slot& slot : *slots) wishes.push_back({slot});
  wishes.push_back({{"go.effective", world.host.system().user().home.text, "version", ""}});
  engine::Facts out;
  engine::collect(wishes, world.providers, world.host, out);
  return out;
}

std::vector<Ailment> found(Workspace& workspace) {
  const engine::Host reading = engine::read_once(*workspace.host);
  const engine::World world{workspace.providers, workspace.schemas, reading};
  engine::Facts facts = all_facts(world);
  std::vector<Ailment> out = providers::ailments(facts, workspace.schemas, reading);
  if (const auto knowledge = providers::lint::read_knowledge(share_folder())) {
    for (Ailment& one : providers::aged_system(facts, *knowledge)) out.push_back(std::move(one));
  }
  const std::string text = exact_import_text(world, facts);
  for (Ailment& one : linted(text, facts.value({"os.rosetta", "", "exists", ""}), workspace))
    out.push_back(std::move(one));
  providers::address_to_user(out, reading);
  std::sort(out.begin(), out.end());  // errors come first among severities
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

}  // namespace

std::vector<Ailment> examine(Workspace& workspace) {
  std::vector<Ailment> out;
  engine::run_confined([&] { out = found(workspace); });
  return out;
}

}  // namespace gopol::cli
