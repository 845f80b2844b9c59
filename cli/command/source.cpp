#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

#include "cli/command/commands.h"
#include "cli/command/with_workspace.h"
#include "cli/print/source_status.h"
#include "cli/terminal/terminal.h"
#include "cli/workspace/pull.h"

namespace gopol::cli {
namespace {

using engine::ConfiguredSource;

/// The source that the second argument names: by its address, or none if there is only one.
dsl::Result<const ConfiguredSource*> named_source(const Options& options,
                                                  const Workspace& workspace) {
  const auto& all = workspace.config.sources;
  std::vector<const ConfiguredSource*> found;
  for (const ConfiguredSource& source : all) {
    const bool named = options.arguments.size() < 2 || source.url == options.arguments[1];
    const bool here = options.path.empty() || source.path == options.path;
    if (named && here) found.push_back(&source);
  }
  if (found.size() == 1) return found.front();
  std::vector<std::string> names;
  for (const ConfiguredSource& source : all) names.push_back(source.url);
  return dsl::problem(
      "P0001", found.empty() ? "no such source is configured" : "several sources fit",
      all.empty() ? "add a `[[source]]` to gopol.toml"
                  : fmt::format("name one, with `--path` if need be: {}", fmt::join(names, ", ")));
}

std::string subject_of(const engine::SignedCommit& commit) {
  return presentable(commit.message.substr(0, commit.message.find('\n')));
}

/// What a person is asked to accept.
std::string offer(const SourcePull& pull) {
  const engine::SignedCommit& tip = pull.pulled.line.front();
  std::string out = fmt::format("{}\n  commit  {} by {}: {}\n", presentable(pull.source->url, 200),
                                tip.commit, presentable(tip.author), subject_of(tip));
  if (!pull.signer.key.empty()) out += fmt::format("  signed  with {}\n", pull.signer.key);
  if (!pull.before.commit.empty()) {
    out += fmt::format("  before  {}\n", pull.before.commit);
  }
  return out;
}

/// `--key`, `--yes`, or a person at a terminal.
dsl::Result<bool> accepted(const SourcePull& pull, const Options& options) {
  if (!options.key.empty() && options.key != pull.signer.key) {
    return dsl::problem(
        "T6005",
        fmt::format("commit {} is signed with {}, not with {}", pull.pulled.commit.substr(0, 7),
                    pull.signer.key.empty() ? "no key" : pull.signer.key, options.key),
        "ask whoever gave you the key");
  }
  if (options.yes || !options.key.empty()) return true;
  if (!terminal_of(stdout).is_terminal || ::isatty(STDIN_FILENO) == 0) {
    return dsl::problem("P0001", "there is no terminal to ask at",
                        "give `--key` with the fingerprint you were told, or `--yes`");
  }
  return ask("Trust this from now on? [y/N] ");
}

/// The key that signed becomes the one that must.
dsl::Result<dsl::Done> pin(SourcePull& pull, const PolicyStore& store) {
  auto signer = engine::key_of(pull.pulled.line.front(), *store.programs);
  if (!signer) return signer.error();
  auto keys = engine::pinned_keys(*store.disk, *store.system, signer->name, pull.source->revoked);
  if (!keys) return keys.error();
  pull.before.pinned = signer->name;
  pull.before.pinned_key = signer->key;
  auto judged = engine::judge(pull.pulled, nullptr, {&*keys, pull.source->url, ""}, *store.programs,
                              store.system->now());
  if (!judged) return judged.error();
  pull.signer = std::move(*judged);
  pull.keys = std::move(*keys);
  return dsl::Done{};
}

/// The named source's fresh policy, and of the others what is here.
std::vector<SourcePull> with_the_others(SourcePull pull, const PolicyStore& store,
                                        const Workspace& workspace) {
  std::vector<SourcePull> out;
  for (const ConfiguredSource& source : workspace.config.sources) {
    if (&source == pull.source || !verified_bundle(source, store)) continue;
    SourcePull other;
    other.source = &source;
    other.before = *store.floor.find(id_of(source));
    other.state = SourcePull::State::offline;  // nobody asked its server
    out.push_back(std::move(other));
  }
  out.push_back(std::move(pull));
  return out;
}

dsl::Result<Exit> trust(const Options& options, Workspace& workspace) {
  const auto source = named_source(options, workspace);
  if (!source) return source.error();
  auto store = open_store();
  if (!store) return store.error();
  auto pull = pull_source(**source, *store, workspace, true);
  if (!pull) return pull.error();
  if (!pull->refusal.empty()) return pull->refusal;
  if ((*source)->trust.empty() && !(*source)->unsigned_accepted) {
    if (auto pinned = pin(*pull, *store); !pinned) return pinned.error();
  }
  print(offer(*pull));
  const auto agreed = accepted(*pull, options);
  if (!agreed) return agreed.error();
  if (!*agreed) {
    print("nothing was changed\n");
    return Exit::clean;
  }
  dsl::Diagnostics warnings;
  auto pulls = with_the_others(std::move(*pull), *store, workspace);
  const auto kept = keep(pulls, *store, workspace, warnings);
  report(warnings, workspace.sources);
  if (!kept) return kept.error();
  print("trusted\n");
  return Exit::clean;
}

}  // namespace

Exit source_command(const Options& options) {
  return with_workspace(options, Access::read, [&](Workspace& workspace) -> dsl::Result<Exit> {
    const std::string& action = options.arguments.front();
    if (action == "status") return source_status(options, workspace);
    if (action == "trust") return trust(options, workspace);
    return dsl::problem("P0001", fmt::format("`source` knows no `{}`", action),
                        "there are `status` and `trust`");
  });
}

}  // namespace gopol::cli
