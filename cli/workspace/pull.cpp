#include "cli/workspace/pull.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "cli/workspace/policy_origin.h"
#include "cli/workspace/policy_pragma.h"
#include "cli/workspace/pull_notes.h"
#include "engine/encoding/sha256.h"
#include "engine/record/leftovers.h"
#include "engine/record/lock.h"
#include "engine/record/state_folder.h"
#include "engine/source/local_tip.h"

namespace gopol::cli {
namespace {

using engine::ConfiguredSource;
using engine::FloorEntry;
using State = SourcePull::State;

constexpr std::size_t largest_bundle = std::size_t{48} << 20;  // bytes

/// The commit of the bundle that is here, if nothing but a newer one could change it.
std::string known_commit(const SourcePull& pull, const PolicyStore& store) {
  const FloorEntry& entry = pull.before;
  const ConfiguredSource& source = *pull.source;
  const std::string keys = pull.keys ? pull.keys->hash() : "";
  if (entry.bundle.empty() || entry.ref != ref_text(source) || entry.keys != keys) return "";
  if (!is_kept_path(source, entry) || !engine::check_name("", source.name, nullptr, entry.name))
    return "";
  const auto file = engine::bundle_file(store.state, pull.id, entry.bundle);
  return engine::read_bundle(*store.disk, file, entry.bundle) ? entry.commit : "";
}

/// The last good policy, if the server is not heard: still whole, signed by a key that still holds,
/// and not too old.
dsl::Result<SourcePull> go_offline(SourcePull pull, const PolicyStore& store,
                                   dsl::Diagnostics why) {
  if (pull.before.refused) {
    pull.state = State::refused;
    pull.refusal = std::move(why);
    pull.refusal.push_back(still_refused(*pull.source, *pull.before.refused, store.system->now()));
    return pull;
  }
  const bool kept = !pull.before.bundle.empty() && pull.before.ref == ref_text(*pull.source) &&
                    is_kept_path(*pull.source, pull.before);
  if (!kept) return why;
  const auto named =
      engine::check_name(pull.source->url, pull.source->name, nullptr, pull.before.name);
  if (!named) return named.error();
  const auto bundle = engine::read_bundle(
      *store.disk, engine::bundle_file(store.state, pull.id, pull.before.bundle),
      pull.before.bundle);
  if (!bundle) return bundle.error();
  if (pull.keys) {
    if (bundle->commit.signature.empty()) return why;
    auto signer = engine::verify(bundle->commit, *pull.keys, *store.programs, std::nullopt);
    if (!signer) return signer.error();
    pull.signer = std::move(*signer);
  }
  if (auto age = check_age(*pull.source, pull.before, store.system->now()); !age) {
    dsl::Diagnostics out = std::move(why);
    out.push_back(age.error().front());
    return out;
  }
  pull.state = State::offline;
  pull.offline = std::move(why);
  return pull;
}

/// The text of a fresh policy; other files of its commit are read from the cache and noted.
PolicyText fresh_text(SourcePull& pull, const PolicyStore& store, const Workspace& workspace) {
  const engine::Pulled& pulled = pull.pulled;
  PolicyText out{pulled.path, pulled.text, pulled.path, pulled.commit, {}};
  out.accepted = true;
  out.signer = name_of(pull.signer, pull.keys);
  out.read = [&pull, settings = net_settings(workspace.config),
              cache = store.cache](const std::string& path) -> dsl::Result<std::string> {
    const auto known = pull.files.find(path);
    if (known != pull.files.end()) return known->second;
    auto text = engine::read_pulled(settings, pull.source->url, pull.pulled.commit, path, cache);
    if (text) pull.files.emplace(path, *text);
    return text;
  };
  return out;
}

/// Parses and checks what all sources say together: a policy that does not work replaces none.
dsl::Result<dsl::Done> try_out(std::vector<SourcePull>& pulls, const PolicyStore& store,
                               Workspace& workspace, dsl::Diagnostics& warnings) {
  std::vector<PolicyText> texts;
  for (SourcePull& pull : pulls) {
    if (pull.state == State::fresh) {
      texts.push_back(fresh_text(pull, store, workspace));
      continue;
    }
    auto bundle = verified_bundle(*pull.source, store);
    if (!bundle) return bundle.error();
    workspace.bundles.push_back(std::make_unique<engine::Bundle>(std::move(*bundle)));
    texts.push_back(text_of(*workspace.bundles.back()));
  }
  name_apart(texts);
  const auto loaded = load_texts(std::move(texts), workspace, warnings);
  if (!loaded) return loaded.error();
  return dsl::Done{};
}

/// Who wrote which line of the policy's files, so that `why` and `log` need no repository. A policy
/// is as good without it.
engine::Blame blame_of(const engine::Bundle& bundle, const PolicyStore& store,
                       const Workspace& workspace, dsl::Diagnostics& warnings) {
  std::vector<std::string> paths;
  for (const engine::BundleFile& file : bundle.files) {
    if (file.path.ends_with(".policy")) paths.push_back(file.path);
  }
  auto blame = engine::blame_pulled(net_settings(workspace.config), bundle.url,
                                    bundle.commit.commit, paths, store.cache);
  if (blame) return std::move(*blame);
  for (dsl::Diagnostic why : blame.error()) {
    why.severity = dsl::Severity::warning;
    warnings.push_back(std::move(why));
  }
  return {};
}

dsl::Result<dsl::Done> keep_one(SourcePull& pull, PolicyStore& store, const Workspace& workspace,
                                dsl::Diagnostics& warnings) {
  const ConfiguredSource& source = *pull.source;
  const auto now = store.system->now();
  engine::Bundle bundle{source.url,
                        ref_text(source),
                        pull.pulled.line.front(),
                        name_of(pull.signer, pull.keys),
                        {{pull.pulled.path, pull.pulled.text}},
                        {}};
  for (const auto& [path, text] : pull.files) {
    if (path != pull.pulled.path) bundle.files.push_back({path, text});
  }
  bundle.blame = blame_of(bundle, store, workspace, warnings);
  const std::string text = engine::to_text(bundle);
  if (text.size() > largest_bundle) {
    return dsl::problem(
        "T6009",
        fmt::format("the policy of {} and what it reads is {} bytes", source.url, text.size()),
        fmt::format("at most {} are kept", largest_bundle));
  }
  FloorEntry entry = pull.before;
  entry.url = source.url;
  entry.path = source.path;
  entry.ref = ref_text(source);
  entry.commit = pull.pulled.commit;
  entry.commit_time = bundle.commit.time;
  const PolicyPragma pragma = pragma_of(pull.pulled.text);
  entry.repository = identity_of(source, store).resolved;
  entry.policy = pull.pulled.path;
  entry.name = pragma.name;
  entry.epoch = pragma.epoch;
  entry.how = verified_by(source, pull.keys);
  entry.keys = pull.keys ? pull.keys->hash() : "";
  entry.signer = bundle.signer;
  entry.signer_key = pull.signer.key;
  entry.bundle = engine::sha256(text);
  entry.verified = entry.checked = now;
  entry.refused.reset();
  const auto file = engine::bundle_file(store.state, pull.id, entry.bundle);
  if (auto done = engine::write_bundle(*store.disk, file, text); !done) return done;
  store.floor.put(pull.id, std::move(entry));
  return dsl::Done{};
}

/// What counts of another policy of the same repository, whose epoch and name are its own.
FloorEntry of_another(FloorEntry entry) {
  entry.epoch = 0;
  entry.name.clear();
  return entry;
}

/// What a fresh policy may not fall below: what was known of it, else of another one.
FloorEntry last_of(const SourcePull& pull, const PolicyStore& store) {
  if (!pull.before.commit.empty()) return pull.before;
  const std::string ref = ref_text(*pull.source);
  const FloorEntry* other = store.floor.beside(identity_of(*pull.source, store), ref);
  return other == nullptr ? FloorEntry() : of_another(*other);
}

/// The one policy at the top is not the one that was used from there under its own path: T6003 if
/// only that one's key is known.
dsl::Result<dsl::Done> tell_apart(SourcePull& pull, const PolicyStore& store, bool pins) {
  const bool other = !is_kept_path(*pull.source, pull.before) && !pull.before.commit.empty() &&
                     pull.pulled.path != pull.before.policy;
  if (!other) return dsl::Done{};
  const auto identity = identity_of(*pull.source, store);
  pull.id = engine::source_id(identity.repository, identity.path);
  pull.before = {};
  pull.last = pull.last.ref == ref_text(*pull.source) ? of_another(pull.last) : FloorEntry();
  return pins ? dsl::Result<dsl::Done>(dsl::Done{}) : check_trust(*pull.source, nullptr);
}

/// T60.. of what was fetched.
dsl::Result<dsl::Done> judge_fresh(SourcePull& pull, const PolicyStore& store, bool pins) {
  const FloorEntry* last = pull.last.commit.empty() ? nullptr : &pull.last;
  const ConfiguredSource& source = *pull.source;
  const PolicyPragma pragma = pragma_of(pull.pulled.text);
  if (!pins) {
    auto signer = engine::judge(pull.pulled, last,
                                {pull.keys ? &*pull.keys : nullptr, source.url, ref_text(source)},
                                *store.programs, store.system->now());
    if (!signer) return signer.error();
    pull.signer = std::move(*signer);
  }
  if (auto named = engine::check_name(source.url, source.name, last, pragma.name); !named)
    return named;
  return engine::check_epoch(pull.pulled, last, pragma.epoch);
}

/// What a killed pull left, if nobody else is at work.
void tidy(PolicyStore& store) {
  if (engine::orphan_bundles(*store.disk, store.state, store.floor).empty()) return;
  const auto state = engine::open_state(*store.disk, *store.system, store.state);
  if (!state) return;
  const auto lock = engine::RunLock::take(*state, "pull", store.system->now());
  const auto floor = engine::TrustFloor::load(*store.disk, store.floor_file());
  if (lock && floor) engine::sweep_bundles(*store.disk, store.state, *floor);
}

dsl::Result<SourcePull> refuse(SourcePull pull, dsl::Diagnostics why) {
  if (!is_refusal(why)) return why;
  pull.state = State::refused;
  pull.refusal = std::move(why);
  return pull;
}

}  // namespace

dsl::Result<SourcePull> pull_source(const ConfiguredSource& source, const PolicyStore& store,
                                    const Workspace& workspace, bool anew) {
  SourcePull out;
  out.source = &source;
  out.id = id_of(source, store);
  const FloorEntry* entry = store.floor.find(out.id);
  if (entry != nullptr) out.before = *entry;
  const bool pins = anew && source.trust.empty() && !source.unsigned_accepted;
  if (!pins) {
    if (auto trusted = check_trust(source, entry); !trusted) return trusted.error();
    auto keys = keys_of(source, out.before, store);
    if (!keys) return keys.error();
    out.keys = std::move(*keys);
  }
  if (!anew) out.last = last_of(out, store);
  const std::string known = anew ? "" : known_commit(out, store);
  const auto ref = ref_of(source);
  if (!known.empty() && (source.commit == known || engine::local_tip(*store.disk, ref) == known)) {
    return out;
  }
  auto pulled = engine::pull_policy(net_settings(workspace.config), {ref, known, out.last.commit},
                                    store.cache, show_progress);
  if (!pulled) {
    const bool unheard =
        dsl::kind_of(pulled.error().front()) == dsl::DiagnosticKind::unreachable && !anew;
    if (unheard) return go_offline(std::move(out), store, pulled.error());
    return refuse(std::move(out), pulled.error());
  }
  if (pulled->same) return out;
  out.state = State::fresh;
  out.pulled = std::move(*pulled);
  if (auto apart = tell_apart(out, store, pins); !apart) return apart.error();
  const auto judged = judge_fresh(out, store, pins);
  if (!judged) return refuse(std::move(out), judged.error());
  return out;
}

dsl::Result<dsl::Done> keep(std::vector<SourcePull>& pulls, PolicyStore& store,
                            Workspace& workspace, dsl::Diagnostics& warnings) {
  const bool fresh = std::any_of(pulls.begin(), pulls.end(),
                                 [](const SourcePull& pull) { return pull.state == State::fresh; });
  if (!note_heard(pulls, store) && !fresh) {
    tidy(store);
    return dsl::Done{};
  }
  if (fresh) {
    if (auto tried = try_out(pulls, store, workspace, warnings); !tried) return tried;
  }
  const auto state = engine::open_state(*store.disk, *store.system, store.state);
  if (!state) return state.error();
  const auto lock = engine::RunLock::take(*state, "pull", store.system->now());
  if (!lock) return lock.error();
  engine::sweep_state(*state, *store.disk);
  if (auto reloaded = reload(pulls, store); !reloaded) return reloaded;
  note_heard(pulls, store);
  for (SourcePull& pull : pulls) {
    if (pull.state != State::fresh) continue;
    if (auto kept = keep_one(pull, store, workspace, warnings); !kept) return kept;
  }
  store.floor.see(store.system->now());
  if (auto saved = store.floor.save(*store.disk, store.floor_file()); !saved) return saved;
  engine::sweep_bundles(*store.disk, store.state, store.floor);
  return dsl::Done{};
}

}  // namespace gopol::cli
