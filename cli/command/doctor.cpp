#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <span>
#include <utility>

#include "cli/command/commands.h"
#include "cli/command/with_workspace.h"
#include "cli/terminal/terminal.h"
#include "cli/workspace/fact_names.h"
#include "cli/workspace/import_text.h"
#include "cli/workspace/lint.h"
#include "cli/workspace/workspace.h"
#include "dsl/check/check.h"
#include "engine/host/read_once.h"
#include "engine/real/confine.h"
#include "providers/health/health.h"

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
    Ailment ailment{one.severity, one.message, one.mend.empty() ? one.help : one.mend};
    if (one.code == "L417" && rosetta == dsl::Value(false)) {
      ailment.severity = dsl::Severity::error;
      ailment.what = "an amd64 Go does not start on this arm64 Mac: it has no Rosetta 2";
    }
    out.push_back(std::move(ailment));
  }
  return out;
}

std::vector<Ailment> examine(Workspace& workspace) {
  const engine::Host reading = engine::read_once(*workspace.host);
  engine::Facts facts;
  const auto slots = slots_named({}, workspace.providers, workspace.schemas, reading);
  std::vector<engine::Wish> wishes;
  for (const engine::Slot& slot : *slots) wishes.push_back({slot});
  wishes.push_back({{"go.effective", reading.system().user().home.text, "version", ""}});
  engine::collect(wishes, workspace.providers, reading, facts);
  std::vector<Ailment> out = providers::ailments(facts, workspace.schemas, reading);
  if (const auto knowledge = providers::lint::read_knowledge(share_folder())) {
    for (Ailment& one : providers::aged_system(facts, *knowledge)) out.push_back(std::move(one));
  }
  const std::string text = exact_import_text(workspace.providers, reading, facts);
  for (Ailment& one : linted(text, facts.value({"os.rosetta", "", "exists", ""}), workspace))
    out.push_back(std::move(one));
  providers::address_to_user(out, reading);
  std::sort(out.begin(), out.end());  // errors come first among severities
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

std::string_view word_of(dsl::Severity severity) {
  if (severity == dsl::Severity::error) return "error";
  return severity == dsl::Severity::warning ? "warning" : "note";
}

std::size_t count_of(const std::vector<Ailment>& all, dsl::Severity severity) {
  return static_cast<std::size_t>(std::count_if(
      all.begin(), all.end(), [&](const Ailment& one) { return one.severity == severity; }));
}

std::string summary(const std::vector<Ailment>& all, bool verbose) {
  const std::size_t errors = count_of(all, dsl::Severity::error),
                    warnings = count_of(all, dsl::Severity::warning),
                    notes = count_of(all, dsl::Severity::note);
  std::string out = errors + warnings == 0
                        ? "healthy"
                        : fmt::format("{} error{}, {} warning{}", errors, errors == 1 ? "" : "s",
                                      warnings, warnings == 1 ? "" : "s");
  if (notes > 0)
    out += fmt::format(", {} note{}{}", notes, notes == 1 ? "" : "s", verbose ? "" : " (-v shows)");
  return out + "\n";
}

std::string text_of(const std::vector<Ailment>& all, bool verbose, const Terminal& terminal) {
  std::string out;
  for (const Ailment& one : all) {
    if (one.severity == dsl::Severity::note && !verbose) continue;
    const char* colour = one.severity == dsl::Severity::error     ? "31"
                         : one.severity == dsl::Severity::warning ? "33"
                                                                  : "36";
    out += terminal.paint(fmt::format("{:<8}", word_of(one.severity)), colour) +
           presentable(one.what, 400) + "\n";
    if (!one.mend.empty()) out += fmt::format("        mend: {}\n", presentable(one.mend, 400));
  }
  return out + summary(all, verbose);
}

std::string json_of(const std::vector<Ailment>& all) {
  nlohmann::json out = {{"schema", 1}, {"ailments", nlohmann::json::array()}};
  for (const Ailment& one : all)
    out["ailments"].push_back(
        {{"severity", word_of(one.severity)}, {"what", one.what}, {"mend", one.mend}});
  return out.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

}  // namespace

Exit doctor_command(const Options& options) {
  return with_workspace(options, Access::read, [&](Workspace& workspace) -> dsl::Result<Exit> {
    std::vector<Ailment> all;
    engine::run_confined([&] { all = examine(workspace); });
    for (const dsl::Diagnostic& error : workspace.plugin_errors)
      all.push_back({dsl::Severity::warning, error.message, error.help});
    print(options.json ? json_of(all) : text_of(all, options.verbose, terminal_of(stdout)));
    const bool healthy = count_of(all, dsl::Severity::note) == all.size();
    return healthy ? Exit::clean : Exit::findings;
  });
}

}  // namespace gopol::cli
