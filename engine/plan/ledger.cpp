#include "engine/plan/ledger.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/encoding/json.h"
#include "engine/encoding/sha256.h"
#include "engine/encoding/text_references.h"
#include "engine/encoding/value_json.h"
#include "engine/plan/disclosure.h"

namespace gopol::engine {
namespace {

using detail::Json;
using detail::json_text;
using detail::text_in;

/// 1 kept `allowed` and `value` as text, 2 no holds, 3 all values in the file itself.
constexpr std::uint64_t version = 4;

dsl::Diagnostic broken(const Path& file, std::string_view why) {
  return dsl::problem(
      "R4102", fmt::format("the ledger `{}` {}", file.text, why),
      "nothing was changed; restore the file from a backup, or move it away: gopol then "
      "owns nothing it did before and gives nothing back");
}

Json json_of(const Slot& slot, const Value& value, const detail::TextsApart& apart) {
  Json out = detail::json_of(value);
  return may_hold_secret(slot, value) ? detail::refer(std::move(out), apart) : out;
}

Json json_of(const Slot& slot, const Owned& owned, const detail::TextsApart& apart) {
  Json out = detail::json_of(slot);
  if (owned.allowed) out["allowed"] = detail::json_of(*owned.allowed);
  if (owned.value) out["value"] = json_of(slot, *owned.value, apart);
  if (owned.as_text) {
    out["as_text"] = Json{{"allowed", json_text(owned.as_text->allowed)},
                          {"value", json_text(owned.as_text->value)}};
  }
  out["when"] = detail::moment_text(owned.when);
  out["rule"] = json_text(owned.rule);
  out["before"] = json_of(slot, owned.before, apart);
  if (!owned.policy.empty()) out["policy"] = json_text(owned.policy);
  if (owned.demands.needs_root) out["needs_root"] = true;
  if (owned.demands.irreversible) out["irreversible"] = true;
  if (!owned.stays.empty()) out["stays"] = json_text(owned.stays);
  if (owned.added.empty()) return out;
  Json added = Json::array();
  for (const std::string& element : owned.added) added.push_back(json_text(element));
  out["added"] = std::move(added);
  return out;
}

/// Texts of a slot that only began were empty.
void take_texts(const Json& json, Owned& out) {
  Owned::AsText texts{text_in(json, "allowed"), text_in(json, "value")};
  if (!texts.value.empty()) out.as_text = std::move(texts);
}

/// Returns false if what is there is not what such a file holds.
bool take_values(const Json& json, const detail::FetchText& fetch, Owned& out) {
  if (const Json* texts = detail::find(json, "as_text")) take_texts(*texts, out);
  const Json* allowed = detail::find(json, "allowed");
  const Json* value = detail::find(json, "value");
  if (allowed == nullptr) return value == nullptr;
  out.allowed = detail::allowed_of(*allowed);
  if (value == nullptr) return out.allowed.has_value();  // it never held
  const auto whole = detail::resolved(*value, fetch);
  if (!whole) return out.allowed.has_value();  // its texts are gone: as if it never held
  out.value = detail::value_of(*whole);
  return out.allowed && out.value;
}

std::optional<Value> before_of(const Json& json, const detail::FetchText& fetch) {
  const auto whole = detail::resolved(json, fetch);
  if (!whole) return Value(dsl::Unknown{"what it was is not kept any more", ""});
  return detail::value_of(*whole);
}

std::optional<Owned> owned_of(const Json& json, std::uint64_t of_version,
                              const detail::FetchText& fetch) {
  Owned out;
  if (of_version == 1) {
    take_texts(json, out);
  } else if (!take_values(json, fetch, out)) {
    return {};
  }
  const Json* before = detail::find(json, "before");
  const auto when = detail::moment_of(text_in(json, "when"));
  auto value = before == nullptr ? std::nullopt : before_of(*before, fetch);
  if (!when || !value) return {};
  out.when = *when;
  out.rule = text_in(json, "rule");
  out.before = std::move(*value);
  out.policy = text_in(json, "policy");
  out.demands.needs_root = detail::flag_in(json, "needs_root");
  out.demands.irreversible = detail::flag_in(json, "irreversible");
  out.stays = text_in(json, "stays");
  const Json* added = detail::find(json, "added");
  if (added == nullptr) return out;
  if (!added->is_array()) return {};
  for (const Json& element : *added) {
    auto text = detail::bytes_of(element);
    if (!text) return {};
    out.added.push_back(std::move(*text));
  }
  return out;
}

Json json_of(const Slot& slot, const Hold& hold) {
  Json out = detail::json_of(slot);
  out["since"] = detail::moment_text(hold.since);
  out["rule"] = json_text(hold.rule);
  out["policy"] = json_text(hold.policy);
  out["of"] = json_text(hold.version);
  return out;
}

std::optional<Hold> hold_of(const Json& json) {
  const auto since = detail::moment_of(text_in(json, "since"));
  if (!since) return {};
  return Hold{*since, text_in(json, "rule"), text_in(json, "policy"), text_in(json, "of")};
}

/// The items of a list that may be missing; false if what is there is none.
template <class Take>
bool take_list(const Json& json, const char* name, Take take) {
  const Json* list = detail::find(json, name);
  if (list == nullptr) return true;
  return list->is_array() && std::all_of(list->begin(), list->end(), take);
}

/// One item a line, by hand: people compare two of these files.
void put_lines(std::string& out, const char* name, const std::vector<std::string>& lines) {
  if (lines.empty()) return;
  out += fmt::format(",\"{}\":[\n{}\n]", name, fmt::join(lines, ",\n"));
}

/// By what would be written: Unknown equals nothing, and here only that matters.
bool same(const Slot& slot, const Owned& a, const Owned& b) {
  const detail::TextsApart none;
  return detail::line_of(json_of(slot, a, none)) == detail::line_of(json_of(slot, b, none));
}

}  // namespace

bool Owned::has_held() const { return value.has_value() || as_text.has_value(); }

bool Owned::asserted(const dsl::Allowed& other) const {
  return as_text ? as_text->allowed == dsl::to_text(other) : allowed == other;
}

bool Owned::held(const Value& other) const {
  return as_text ? as_text->value == dsl::to_text(other) : value == other;
}

Result<Ledger> Ledger::load(const Disk& disk, const Path& file) {
  const auto text = disk.read(file);
  if (!text) return text.error();
  Ledger out;
  if (!*text) return out;
  const auto fetch = [&](const std::string& name) { return out.fetch_old(disk, file, name); };
  const auto json = detail::parse_json(**text);
  if (!json || text_in(*json, "gopol") != "ledger")
    return broken(file, "is not one, or is damaged");
  const std::uint64_t of_version = detail::number_in(*json, "version");
  if (of_version > version) return broken(file, "was written by a newer gopol");
  const Json* slots = detail::find(*json, "slots");
  if (slots == nullptr || !slots->is_array()) return broken(file, "has no slots");
  for (const Json& entry : *slots) {
    auto slot = detail::slot_of(entry);
    auto owned = owned_of(entry, of_version, fetch);
    if (!slot || !owned) return broken(file, "has an entry that is none");
    out.slots_.insert_or_assign(std::move(*slot), std::move(*owned));
  }
  const bool whole = take_list(*json, "holds",
                               [&](const Json& entry) {
                                 auto slot = detail::slot_of(entry);
                                 auto hold = hold_of(entry);
                                 if (!slot || !hold) return false;
                                 out.holds_.insert_or_assign(std::move(*slot), std::move(*hold));
                                 return true;
                               }) &&
                     take_list(*json, "policies", [&](const Json& entry) {
                       out.versions_[text_in(entry, "name")] = text_in(entry, "version");
                       return entry.is_object();
                     });
  if (!whole) return broken(file, "has an entry that is none");
  return out;
}

std::optional<std::string> Ledger::fetch_old(const Disk& disk, const Path& file,
                                             const std::string& name) {
  const auto known = apart_.find(name);
  if (known != apart_.end()) return known->second;
  const bool is_name =
      name.size() == 64 && name.find_first_not_of("0123456789abcdef") == std::string::npos;
  if (!is_name) return {};
  auto bytes = disk.read(file.parent() / "old" / name);
  if (!bytes || !*bytes || sha256(**bytes) != name) return {};
  detail::add_text(apart_, **bytes);
  return std::move(*bytes);
}

void Ledger::know_old(const std::string& bytes) { detail::add_text(apart_, bytes); }

std::set<std::string> Ledger::old_names() const {
  std::set<std::string> out;
  for (const auto& [slot, owned] : slots_) {
    out.merge(detail::names_in(json_of(slot, owned, apart_)));
  }
  return out;
}

Result<Done> Ledger::put_apart(Disk& disk, const Path& folder) {
  for (const auto& [slot, owned] : slots_) {
    if (!may_hold_secret(slot, owned.before)) continue;
    const Json rest = detail::refer(detail::json_of(owned.before), apart_);
    for (const std::string& text : detail::texts_of(rest)) {
      detail::add_text(apart_, text);
      if (auto made = disk.make_folder(folder, {.mode = 0700}); !made) return made;
      if (auto put = disk.replace(folder / sha256(text), text, {.mode = 0600}); !put) return put;
    }
  }
  return Done{};
}

const Owned* Ledger::find(const Slot& slot) const {
  const auto found = slots_.find(slot);
  return found == slots_.end() ? nullptr : &found->second;
}

void Ledger::put(const Slot& slot, Owned owned) {
  const auto found = slots_.find(slot);
  if (found == slots_.end()) {
    slots_.emplace(slot, std::move(owned));
    changed_ = true;
    return;
  }
  owned.before = found->second.before;
  if (same(slot, owned, found->second)) return;
  found->second = std::move(owned);
  changed_ = true;
}

void Ledger::remove(const Slot& slot) {
  if (slots_.erase(slot) > 0) changed_ = true;
}

const Hold* Ledger::hold(const Slot& slot) const {
  const auto found = holds_.find(slot);
  return found == holds_.end() ? nullptr : &found->second;
}

void Ledger::put_hold(const Slot& slot, Hold hold) {
  const auto found = holds_.find(slot);
  if (found != holds_.end() && found->second == hold) return;
  holds_.insert_or_assign(slot, std::move(hold));
  changed_ = true;
}

void Ledger::remove_hold(const Slot& slot) {
  if (holds_.erase(slot) > 0) changed_ = true;
}

std::string Ledger::version_of(const std::string& policy) const {
  const auto found = versions_.find(policy);
  return found == versions_.end() ? "" : found->second;
}

void Ledger::note_version(const std::string& policy, const std::string& version) {
  if (version_of(policy) == version) return;
  versions_[policy] = version;
  changed_ = true;
}

std::string Ledger::text() const {
  std::string out = fmt::format("{{\"gopol\":\"ledger\",\"version\":{},\"slots\":[", version);
  const char* separator = "\n";
  for (const auto& [slot, owned] : slots_) {
    out += separator + detail::line_of(json_of(slot, owned, apart_));
    separator = ",\n";
  }
  out += "\n]";
  std::vector<std::string> holds, policies;
  for (const auto& [slot, hold] : holds_) holds.push_back(detail::line_of(json_of(slot, hold)));
  for (const auto& [name, of] : versions_)
    policies.push_back(
        detail::line_of(Json{{"name", json_text(name)}, {"version", json_text(of)}}));
  put_lines(out, "holds", holds);
  put_lines(out, "policies", policies);
  return out + "}\n";
}

Result<Done> Ledger::save(Disk& disk, const Path& file) {
  if (!changed_) return Done{};
  if (auto kept = put_apart(disk, file.parent() / "old"); !kept) return kept;
  auto written = disk.replace(file, text(), {.mode = 0600});
  if (written) changed_ = false;
  return written;
}

}  // namespace gopol::engine
