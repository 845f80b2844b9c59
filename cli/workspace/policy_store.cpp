#include "cli/workspace/policy_store.h"

#include <fmt/format.h>

#include <utility>

#include "engine/encoding/repository_address.h"
#include "engine/real/programs.h"
#include "engine/real/real_disk.h"
#include "engine/real/real_system.h"
#include "engine/source/trust.h"

namespace gopol::cli {
namespace {

using engine::ConfiguredSource;
using engine::FloorEntry;

constexpr std::chrono::hours worth_a_word{24};

/// Anybody on the way can read and change what comes this way.
bool is_open_wire(const std::string& url) {
  return url.starts_with("http://") || url.starts_with("git://");
}

dsl::Diagnostic not_pulled(const ConfiguredSource& source, const std::string& why) {
  return dsl::problem("T6004", source.span, fmt::format("the source {} {}", source.url, why), "",
                      "run `gopol pull`");
}

}  // namespace

std::string duration_text(std::chrono::seconds duration) {
  const auto seconds = duration.count();
  if (seconds < 120) return fmt::format("{} s", seconds);
  if (seconds < 7200) return fmt::format("{} min", seconds / 60);
  if (seconds < 172'800) return fmt::format("{} h", seconds / 3600);
  return fmt::format("{} d", seconds / 86'400);
}

dsl::Result<PolicyStore> open_store() {
  PolicyStore out;
  out.disk = engine::real_disk();
  out.programs = engine::real_programs();
  out.system = engine::real_system();
  out.state = engine::state_folder(*out.system);
  out.cache = engine::cache_folder(*out.system) / "policies";
  auto floor = engine::TrustFloor::load(*out.disk, out.floor_file());
  if (!floor) return floor.error();
  out.floor = std::move(*floor);
  if (auto clock = out.floor.check_clock(out.system->now()); !clock) return clock.error();
  return out;
}

engine::SourceIdentity identity_of(const ConfiguredSource& source, const PolicyStore& store) {
  return engine::identity_of(*store.disk, source.url, source.path);
}

std::string id_of(const ConfiguredSource& source, const PolicyStore& store) {
  return store.floor.id_of(identity_of(source, store));
}

bool is_kept_path(const ConfiguredSource& source, const FloorEntry& entry) {
  const std::string path = engine::canonical_path(source.path);
  return path == engine::canonical_path(entry.path) || (!path.empty() && path == entry.policy);
}

engine::SourceRef ref_of(const ConfiguredSource& source) {
  return {source.url, source.branch, source.path, source.tag, source.commit};
}

std::string ref_text(const ConfiguredSource& source) {
  if (!source.commit.empty()) return "commit " + source.commit;
  if (!source.tag.empty()) return "tag " + source.tag;
  return source.branch.empty() ? "" : "branch " + source.branch;
}

dsl::Result<dsl::Done> check_trust(const ConfiguredSource& source, const FloorEntry* entry) {
  if (source.unsigned_accepted && is_open_wire(source.url)) {
    return dsl::problem("T6003", source.span,
                        fmt::format("anybody on the way could change what {} sends", source.url),
                        "unsigned", "use https or ssh, or name who may sign: `trust = \"FILE\"`");
  }
  const bool pinned = entry != nullptr && !entry->pinned.empty();
  if (source.unsigned_accepted || !source.trust.empty() || pinned) return dsl::Done{};
  return dsl::problem(
      "T6003", source.span, fmt::format("the source {} says nothing of trust", source.url),
      "no `trust`",
      fmt::format("name the file of those who may sign, `trust = \"allowed_signers\"`, or pin the "
                  "key that signs it: `gopol source trust {}`",
                  source.url));
}

dsl::Diagnostic still_refused(const ConfiguredSource& source, const FloorEntry::Refusal& refused,
                              FloorEntry::Time now) {
  const auto age = std::chrono::duration_cast<std::chrono::seconds>(now - refused.at);
  return dsl::problem(
      refused.code, source.span,
      fmt::format("{} was refused {} ago: {}", source.url, duration_text(age), refused.message), "",
      refused.help + "; nothing of the source is used until `gopol pull` passes");
}

dsl::Result<dsl::Done> check_age(const ConfiguredSource& source, const FloorEntry& entry,
                                 FloorEntry::Time now) {
  const auto age = std::chrono::duration_cast<std::chrono::seconds>(now - entry.checked);
  if (age <= source.max_age || !source.commit.empty()) return dsl::Done{};
  return dsl::problem("T6010", source.span,
                      fmt::format("{} was last heard {} ago; its policy may be {} old", source.url,
                                  duration_text(age), duration_text(source.max_age)),
                      "", "run `gopol pull` where it can be reached; `max_age` is the limit");
}

dsl::Result<std::optional<engine::Keys>> keys_of(const ConfiguredSource& source,
                                                 const FloorEntry& entry,
                                                 const PolicyStore& store) {
  if (source.unsigned_accepted) return std::optional<engine::Keys>();
  auto keys = source.trust.empty()
                  ? engine::pinned_keys(*store.disk, *store.system, entry.pinned, source.revoked)
                  : engine::load_keys(*store.disk, *store.system, source.trust, source.revoked);
  if (!keys) return keys.error();
  return std::optional(std::move(*keys));
}

engine::Verified verified_by(const ConfiguredSource& source,
                             const std::optional<engine::Keys>& keys) {
  using engine::Verified;
  if (!keys) return Verified::unasked;
  if (source.trust.empty()) return Verified::pinned;
  return keys->kind == engine::Keys::Kind::gpg ? Verified::gpg : Verified::ssh;
}

dsl::Result<engine::Bundle> verified_bundle(const ConfiguredSource& source,
                                            const PolicyStore& store) {
  const std::string id = id_of(source, store);
  const FloorEntry* entry = store.floor.find(id);
  if (auto trusted = check_trust(source, entry); !trusted) return trusted.error();
  if (entry != nullptr && entry->refused) {
    return still_refused(source, *entry->refused, store.system->now());
  }
  if (entry == nullptr || entry->bundle.empty()) return not_pulled(source, "was never pulled");
  if (entry->ref != ref_text(source)) {
    return not_pulled(source,
                      fmt::format("was pulled from {}",
                                  entry->ref.empty() ? "its default branch" : "its " + entry->ref));
  }
  if (!is_kept_path(source, *entry)) return not_pulled(source, "was pulled with another `path`");
  if (auto named = engine::check_name(source.url, source.name, nullptr, entry->name); !named)
    return named.error();
  const auto keys = keys_of(source, *entry, store);
  if (!keys) return keys.error();
  if (*keys && entry->how != verified_by(source, *keys)) {
    return not_pulled(source, "was pulled when other things were asked of it");
  }
  if (*keys && entry->keys != (*keys)->hash()) {
    return not_pulled(source, "was verified with other keys than those of today");
  }
  if (auto age = check_age(source, *entry, store.system->now()); !age) return age.error();
  return engine::read_bundle(*store.disk, engine::bundle_file(store.state, id, entry->bundle),
                             entry->bundle);
}

std::string age_of(const ConfiguredSource& source, const PolicyStore& store) {
  const FloorEntry* entry = store.floor.find(id_of(source, store));
  if (entry == nullptr || !source.commit.empty()) return "";
  const auto age =
      std::chrono::duration_cast<std::chrono::seconds>(store.system->now() - entry->checked);
  return age < worth_a_word ? "" : fmt::format("pulled {} ago", duration_text(age));
}

PolicyText text_of(const engine::Bundle& bundle) {
  const engine::BundleFile& first = bundle.files.front();
  PolicyText out{first.path, first.text, first.path, bundle.commit.commit, {}};
  out.accepted = true;
  out.signer = bundle.signer;
  out.bundle = &bundle;
  out.read = [&bundle](const std::string& path) -> dsl::Result<std::string> {
    if (const std::string* text = bundle.find(path)) return *text;
    return dsl::problem("T6004", fmt::format("`{}` was not pulled with its policy", path),
                        "run `gopol pull`");
  };
  return out;
}

}  // namespace gopol::cli
