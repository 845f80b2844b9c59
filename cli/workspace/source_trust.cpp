#include "cli/workspace/source_trust.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>
#include <string>
#include <utility>
#include <vector>

#include "cli/terminal/terminal.h"
#include "engine/encoding/repository_address.h"

namespace gopol::cli {
namespace {

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
  for (const engine::ConfiguredSource& source : workspace.config.sources) {
    if (&source == pull.source || !verified_bundle(source, store)) continue;
    SourcePull other;
    other.source = &source;
    other.id = id_of(source, store);
    other.before = *store.floor.find(other.id);
    other.state = SourcePull::State::offline;  // nobody asked its server
    out.push_back(std::move(other));
  }
  out.push_back(std::move(pull));
  return out;
}

}  // namespace

dsl::Result<const engine::ConfiguredSource*> named_source(const Options& options,
                                                          const Workspace& workspace) {
  const auto& all = workspace.config.sources;
  std::vector<const engine::ConfiguredSource*> found;
  for (const engine::ConfiguredSource& source : all) {
    const bool named =
        options.arguments.size() < 2 || engine::canonical_repository(source.url) ==
                                            engine::canonical_repository(options.arguments[1]);
    const bool here = options.path.empty() ||
                      engine::canonical_path(source.path) == engine::canonical_path(options.path);
    if (named && here) found.push_back(&source);
  }
  if (found.size() == 1) return found.front();
  std::vector<std::string> names;
  for (const engine::ConfiguredSource& source : all) names.push_back(source.url);
  return dsl::problem(
      "P0001", found.empty() ? "no such source is configured" : "several sources fit",
      all.empty() ? "add a `[[source]]` to gopol.toml"
                  : fmt::format("name one, with `--path` if need be: {}", fmt::join(names, ", ")));
}

dsl::Result<SourcePull> pull_to_trust(const engine::ConfiguredSource& source,
                                      const PolicyStore& store, const Workspace& workspace) {
  auto pull = pull_source(source, store, workspace, true);
  if (!pull) return pull;
  if (!pull->refusal.empty()) return pull->refusal;
  if (source.trust.empty() && !source.unsigned_accepted) {
    if (auto pinned = pin(*pull, store); !pinned) return pinned.error();
  }
  return pull;
}

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

dsl::Result<dsl::Done> keep_trusted(SourcePull pull, PolicyStore& store, Workspace& workspace,
                                    dsl::Diagnostics& warnings) {
  auto pulls = with_the_others(std::move(pull), store, workspace);
  return keep(pulls, store, workspace, warnings);
}

}  // namespace gopol::cli
