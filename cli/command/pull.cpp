#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "cli/command/commands.h"
#include "cli/command/with_workspace.h"
#include "cli/terminal/terminal.h"
#include "cli/workspace/pull.h"

namespace gopol::cli {
namespace {

using Json = nlohmann::ordered_json;
using State = SourcePull::State;

constexpr std::string_view word_of(State state) {
  switch (state) {
    case State::same: return "same";
    case State::fresh: return "fresh";
    case State::offline: return "offline";
  }
  return "";
}

std::string shortened(const std::string& commit) { return commit.substr(0, 7); }

const engine::FloorEntry& entry_of(const SourcePull& pull, const PolicyStore& store) {
  return *store.floor.find(id_of(*pull.source));
}

std::string age_text(const SourcePull& pull, const PolicyStore& store) {
  return duration_text(std::chrono::duration_cast<std::chrono::seconds>(
      store.system->now() - entry_of(pull, store).checked));
}

std::string line_of(const SourcePull& pull, const PolicyStore& store, const Terminal& terminal) {
  const engine::FloorEntry& entry = entry_of(pull, store);
  const std::string start = fmt::format("{}  ", presentable(entry.url, 200));
  const std::string trust =
      entry.signer.empty() ? "unsigned" : "signed by " + presentable(entry.signer);
  if (pull.state == State::same) {
    return fmt::format("{}{}  {}  nothing new\n", start, shortened(entry.commit), trust);
  }
  if (pull.state == State::offline) {
    return fmt::format("{}{}  {}  the last good policy, last heard {} ago\n", start,
                       shortened(entry.commit), trust, age_text(pull, store));
  }
  const std::size_t count = pull.pulled.line.size();
  if (pull.before.commit == entry.commit) {
    return fmt::format("{}{}  {}  verified anew\n", start, shortened(entry.commit), trust);
  }
  if (pull.before.commit.empty()) {
    return fmt::format("{}{}  {}\n", start, shortened(entry.commit), trust);
  }
  return fmt::format("{}{} {} {}  {}{}\n", start, shortened(pull.before.commit), terminal.arrow(),
                     shortened(entry.commit), trust,
                     count > 1 ? fmt::format("  {} commits", count) : "");
}

std::string json_of(const std::vector<SourcePull>& pulls, const PolicyStore& store) {
  Json sources = Json::array();
  for (const SourcePull& pull : pulls) {
    const engine::FloorEntry& entry = entry_of(pull, store);
    sources.push_back({{"url", entry.url},
                       {"path", entry.path},
                       {"state", word_of(pull.state)},
                       {"before", pull.before.commit},
                       {"commit", entry.commit},
                       {"signer", entry.signer},
                       {"key", entry.signer_key},
                       {"epoch", entry.epoch}});
  }
  return Json{{"schema", 1}, {"sources", sources}}.dump(2, ' ', false,
                                                        Json::error_handler_t::replace) +
         "\n";
}

/// What nobody was heard of is no error as long as the last good policy may be used.
void warn_of_silence(const SourcePull& pull, const Workspace& workspace) {
  dsl::Diagnostics warnings = pull.offline;
  for (dsl::Diagnostic& warning : warnings) warning.severity = dsl::Severity::warning;
  report(warnings, workspace.sources);
}

}  // namespace

Exit pull_command(const Options& options) {
  return with_workspace(options, Access::read, [&](Workspace& workspace) -> dsl::Result<Exit> {
    if (workspace.config.sources.empty()) {
      return dsl::problem("P0001", "no source is configured",
                          "add a `[[source]]` to gopol.toml: `gopol explain T6003`");
    }
    auto store = open_store();
    if (!store) return store.error();
    std::vector<SourcePull> pulls;
    dsl::Diagnostics errors, warnings;
    for (const engine::ConfiguredSource& source : workspace.config.sources) {
      auto pull = pull_source(source, *store, workspace, false);
      if (pull) {
        pulls.push_back(std::move(*pull));
      } else {
        errors.insert(errors.end(), pull.error().begin(), pull.error().end());
      }
    }
    if (!errors.empty()) return errors;
    const auto kept = keep(pulls, *store, workspace, warnings);
    report(warnings, workspace.sources);
    if (!kept) return kept.error();
    const Terminal terminal = terminal_of(stdout);
    for (const SourcePull& pull : pulls) {
      warn_of_silence(pull, workspace);
      if (!options.json) print(line_of(pull, *store, terminal));
    }
    if (options.json) print(json_of(pulls, *store));
    return Exit::clean;
  });
}

}  // namespace gopol::cli
