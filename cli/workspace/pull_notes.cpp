#include "cli/workspace/pull_notes.h"

#include <algorithm>
#include <iterator>
#include <string_view>
#include <utility>

#include "engine/record/lock.h"
#include "engine/record/state_folder.h"

namespace gopol::cli {
namespace {

using engine::FloorEntry;
using State = SourcePull::State;

constexpr std::chrono::minutes between_notes{10};  // of when a server was last heard

/// Verified with the keys of today, which are not those that it was verified with.
bool has_new_keys(const SourcePull& pull) {
  return pull.keys && (pull.keys->hash() != pull.before.keys ||
                       verified_by(*pull.source, pull.keys) != pull.before.how);
}

}  // namespace

std::string name_of(const engine::Signer& signer, const std::optional<engine::Keys>& keys) {
  if (!keys) return "";
  return keys->pinned ? "the pinned key" : signer.name;
}

dsl::Result<dsl::Done> reload(const std::vector<SourcePull>& pulls, PolicyStore& store) {
  auto now = engine::TrustFloor::load(*store.disk, store.floor_file());
  if (!now) return now.error();
  for (const SourcePull& pull : pulls) {
    const FloorEntry* entry = now->find(pull.id);
    if ((entry == nullptr ? "" : entry->bundle) == pull.before.bundle) continue;
    return dsl::problem("R4006", "another pull was made meanwhile", "run it again");
  }
  store.floor = std::move(*now);
  return dsl::Done{};
}

bool note_heard(const std::vector<SourcePull>& pulls, PolicyStore& store) {
  bool changed = false;
  const auto now = store.system->now();
  for (const SourcePull& pull : pulls) {
    const bool heard = pull.state == State::same &&
                       (pull.before.refused || now - pull.before.checked >= between_notes);
    const bool anew = pull.state == State::offline && !pull.offline.empty() && has_new_keys(pull);
    if (!heard && !anew) continue;
    FloorEntry entry = pull.before;
    if (heard) {
      entry.checked = now;
      entry.refused.reset();
    } else {
      entry.keys = pull.keys->hash();
      entry.how = verified_by(*pull.source, pull.keys);
      entry.signer = name_of(pull.signer, pull.keys);
      entry.signer_key = pull.signer.key;
    }
    store.floor.put(pull.id, std::move(entry));
    changed = true;
  }
  return changed;
}

bool is_refusal(const dsl::Diagnostics& errors) {
  constexpr std::string_view codes[] = {"T6005", "T6006", "T6007", "T6009", "T6010", "T6014"};
  return !errors.empty() &&
         std::find(std::begin(codes), std::end(codes), errors.front().code) != std::end(codes);
}

dsl::Result<dsl::Done> keep_refusals(const std::vector<SourcePull>& pulls, PolicyStore& store) {
  const auto state = engine::open_state(*store.disk, *store.system, store.state);
  if (!state) return state.error();
  const auto lock = engine::RunLock::take(*state, "pull", store.system->now());
  if (!lock) return lock.error();
  if (auto reloaded = reload(pulls, store); !reloaded) return reloaded;
  for (const SourcePull& pull : pulls) {
    if (pull.state != State::refused || !is_refusal(pull.refusal)) continue;
    const dsl::Diagnostic& why = pull.refusal.front();
    FloorEntry entry = pull.before;
    entry.url = pull.source->url;
    entry.path = pull.source->path;
    entry.repository = identity_of(*pull.source, store).resolved;
    entry.refused = FloorEntry::Refusal{why.code, why.message, why.help, store.system->now()};
    store.floor.put(pull.id, std::move(entry));
  }
  return store.floor.save(*store.disk, store.floor_file());
}

}  // namespace gopol::cli
