#include "engine/source/trust_floor.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>
#include <utility>

#include "dsl/value/ascii.h"
#include "engine/encoding/json.h"
#include "engine/encoding/repository_address.h"
#include "engine/encoding/sha256.h"

namespace gopol::engine {
namespace {

constexpr std::chrono::hours clock_slack{24};  // a wrong time zone is no attack

/// Many servers do not tell letters' case in a path: that of another is taken for the same, and
/// refused. Folders of this machine may differ in it.
std::string without_case(const std::string& repository) {
  return repository.starts_with('/') ? repository : dsl::lowered(repository);
}

/// Spelled alike, or the same folder behind links.
bool is_same_repository(const FloorEntry& entry, const SourceIdentity& source) {
  const std::string spelled = canonical_repository(entry.url);
  return without_case(spelled) == without_case(source.repository) ||
         (entry.repository.empty() ? spelled : entry.repository) == source.resolved;
}

/// 3: asked for alike; 2: what was found there is what is asked for; 1: the one at the top is asked
/// for, and what was used lies there; 0: another policy.
int likeness(const FloorEntry& entry, const SourceIdentity& source) {
  if (canonical_path(entry.path) == source.path) return 3;
  if (!source.path.empty()) return entry.policy == source.path ? 2 : 0;
  return !entry.policy.empty() && entry.policy.find('/') == std::string::npos ? 1 : 0;
}

dsl::Diagnostic broken(const Path& file) {
  return dsl::problem("T6008", fmt::format("the trust floor `{}` is damaged", file.text),
                      "remove it, and accept each source anew with `gopol source trust`");
}

}  // namespace

std::string source_id(std::string_view url, std::string_view path) {
  return sha256(fmt::format("{}\n{}", url, path)).substr(0, 32);
}

Result<TrustFloor> TrustFloor::load(const Disk& disk, const Path& file) {
  const auto text = disk.read(file);
  if (!text) return text.error();
  if (!*text) return TrustFloor{};
  auto out = parse(**text);
  if (!out) return broken(file);
  return std::move(*out);
}

const FloorEntry* TrustFloor::find(const std::string& id) const {
  const auto found = sources_.find(id);
  return found == sources_.end() ? nullptr : &found->second;
}

std::string TrustFloor::id_of(const SourceIdentity& source) const {
  std::string out = source_id(source.repository, source.path);
  std::tuple<int, bool, Time> best{0, false, Time::min()};
  for (const auto& [id, entry] : sources_) {
    if (!is_same_repository(entry, source)) continue;
    const std::tuple<int, bool, Time> match{likeness(entry, source),
                                            canonical_repository(entry.url) == source.repository,
                                            entry.verified};
    if (std::get<0>(match) == 0 || match <= best) continue;
    best = match;
    out = id;
  }
  return out;
}

const FloorEntry* TrustFloor::beside(const SourceIdentity& source, std::string_view ref) const {
  const FloorEntry* out = nullptr;
  for (const auto& [id, entry] : sources_) {
    if (entry.commit.empty() || entry.ref != ref || !is_same_repository(entry, source)) continue;
    if (out == nullptr || entry.verified > out->verified) out = &entry;
  }
  return out;
}

void TrustFloor::put(const std::string& id, FloorEntry entry) {
  sources_.insert_or_assign(id, std::move(entry));
}

Result<Done> TrustFloor::check_clock(Time now) const {
  if (now + clock_slack >= latest_) return Done{};
  return dsl::problem("T6010",
                      fmt::format("the clock says {}, but it was {} before",
                                  detail::moment_text(now), detail::moment_text(latest_)),
                      "set the clock: what has expired would seem valid on this one");
}

void TrustFloor::see(Time now) { latest_ = std::max(latest_, now); }

Result<Done> TrustFloor::save(Disk& disk, const Path& file) const {
  return disk.replace(file, text(), {.mode = 0600});
}

}  // namespace gopol::engine
