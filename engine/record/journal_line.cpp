#include "engine/record/journal_line.h"

#include <algorithm>

#include "dsl/value/secret.h"
#include "engine/encoding/sha256.h"
#include "engine/encoding/text_references.h"
#include "engine/plan/disclosure.h"
#include "engine/record/image_json.h"
#include "engine/source/blame_json.h"

namespace gopol::engine {
namespace {

using detail::Json;
using detail::json_of;
using detail::json_text;
using detail::number_in;
using detail::text_in;

constexpr std::uint64_t version = 1;
constexpr Step steps[] = {Step::intent, Step::done, Step::failed};

Json json_of_image(const FileImage& image, const std::string& kept_as) {
  Json out = detail::head_of_image(image);
  if (image.status.type == FileStatus::Type::absent) return out;
  if (!kept_as.empty()) {
    out["old"] = kept_as;
  } else if (stands_apart(image)) {
    out["old"] = sha256(image.bytes);
  } else {
    out["bytes"] = json_text(image.bytes);
  }
  return out;
}

void put_files(Json& out, const JournalEntry& entry) {
  if (entry.files.empty()) return;
  Json list = Json::array();
  for (std::size_t i = 0; i < entry.files.size(); ++i)
    list.push_back(json_of_image(entry.files[i], i < entry.old.size() ? entry.old[i] : ""));
  out["files"] = std::move(list);
}

/// What is printed of a value stands in the value already, and may hold a secret else.
void put_said(Json& out, const char* name, const Slot& slot, const std::string& said,
              const std::optional<Value>& value) {
  if (value && said == dsl::to_text(*value)) return;
  const bool may_tell = !value || !may_hold_secret(slot, *value);
  out[name] = json_text(may_tell ? said : dsl::without_secrets(said));
}

void put_value(Json& out, const char* name, const Slot& slot, const std::optional<Value>& value,
               const detail::TextsApart& apart) {
  if (!value) return;
  Json json = json_of(*value);
  out[name] =
      may_hold_secret(slot, *value) ? detail::refer(std::move(json), apart) : std::move(json);
}

Json json_of_move(const JournalEntry::Move& move, const detail::TextsApart& apart) {
  Json out{{"slot", json_of(move.slot)}};
  put_said(out, "from", move.slot, move.from, move.was);
  put_said(out, "to", move.slot, move.to, move.became);
  put_value(out, "was", move.slot, move.was, apart);
  put_value(out, "became", move.slot, move.became, apart);
  if (!move.place.empty()) out["place"] = json_text(move.place);
  if (move.written) out["written"] = json_of(*move.written);
  return out;
}

std::optional<Value> value_in(const Json& json, const char* name, const detail::FetchText& fetch) {
  const Json* found = detail::find(json, name);
  const auto whole = found == nullptr ? std::nullopt : detail::resolved(*found, fetch);
  return whole ? detail::value_of(*whole) : std::nullopt;
}

std::string said_in(const Json& json, const char* name, const std::optional<Value>& value) {
  const bool is_said = detail::find(json, name) != nullptr || !value;
  return is_said ? text_in(json, name) : dsl::to_text(*value);
}

std::optional<JournalEntry::Move> move_of(const Json& json, const detail::FetchText& fetch) {
  const Json* slot = detail::find(json, "slot");
  auto where = slot == nullptr ? std::nullopt : detail::slot_of(*slot);
  if (!where) return {};
  JournalEntry::Move out{std::move(*where), "", "", value_in(json, "was", fetch),
                         value_in(json, "became", fetch)};
  out.from = said_in(json, "from", out.was);
  out.to = said_in(json, "to", out.became);
  out.place = text_in(json, "place");
  if (const Json* written = detail::find(json, "written"))
    out.written = detail::blame_commit_of(*written);
  return out;
}

template <class Items, class ToJson>
void put_list(Json& out, const char* name, const Items& items, ToJson to_json) {
  if (items.empty()) return;
  Json list = Json::array();
  for (const auto& item : items) list.push_back(to_json(item));
  out[name] = std::move(list);
}

/// False if the list is there and one of its items is none.
template <class Item, class FromJson>
bool take_list(const Json& json, const char* name, std::vector<Item>& items, FromJson from_json) {
  const Json* list = detail::find(json, name);
  if (list == nullptr) return true;
  if (!list->is_array()) return false;
  for (const Json& one : *list) {
    std::optional<Item> item = from_json(one);
    if (!item) return false;
    items.push_back(std::move(*item));
  }
  return true;
}

/// The names of what stands apart, by file; none if nothing does.
void take_old(const Json& json, JournalEntry& into) {
  const Json* files = detail::find(json, "files");
  if (files == nullptr) return;
  for (const Json& one : *files) into.old.push_back(text_in(one, "old"));
  const bool any = std::any_of(into.old.begin(), into.old.end(),
                               [](const std::string& name) { return !name.empty(); });
  if (!any) into.old.clear();
}

void put_text(Json& out, const char* name, const std::string& text) {
  if (!text.empty()) out[name] = json_text(text);
}

std::optional<JournalEntry> entry_of(const Json& json, const detail::FetchText& fetch) {
  JournalEntry out;
  const auto at = detail::moment_of(text_in(json, "at"));
  const std::string step = text_in(json, "step");
  const auto* known =
      std::find_if(std::begin(steps), std::end(steps), [&](Step one) { return name(one) == step; });
  out.run = text_in(json, "run");
  if (!at || known == std::end(steps) || out.run.empty()) return {};
  out.at = *at;
  out.step = *known;
  out.change = number_in(json, "change");
  out.family = text_in(json, "family");
  out.key = text_in(json, "key");
  out.rule = text_in(json, "rule");
  out.place = text_in(json, "place");
  out.commit = text_in(json, "commit");
  out.because = text_in(json, "because");
  if (const Json* written = detail::find(json, "written"))
    out.written = detail::blame_commit_of(*written);
  out.detail = text_in(json, "detail");
  out.beyond_files = detail::flag_in(json, "beyond_files");
  out.irreversible = detail::flag_in(json, "irreversible");
  const auto path_of = [](const Json& one) -> std::optional<Path> {
    const auto text = detail::bytes_of(one);
    return text ? std::optional(Path(*text)) : std::nullopt;
  };
  const auto change_of = [](const Json& one) -> std::optional<ChangeName> {
    return ChangeName{text_in(one, "run"), number_in(one, "change")};
  };
  const bool whole =
      take_list(json, "moves", out.moves, [&](const Json& one) { return move_of(one, fetch); }) &&
      take_list(json, "files", out.files, detail::file_image_of) &&
      take_list(json, "after", out.after, detail::post_image_of) &&
      take_list(json, "trees", out.trees, path_of) &&
      take_list(json, "takes_back", out.takes_back, change_of);
  if (!whole) return {};
  take_old(json, out);
  if (const Json* moves = detail::find(json, "moves")) out.apart = detail::names_in(*moves);
  return out;
}

}  // namespace

bool stands_apart(const FileImage& image) {
  return image.status.type == FileStatus::Type::regular && !image.bytes.empty();
}

std::string_view name(Step step) {
  switch (step) {
    case Step::intent: return "intent";
    case Step::done: return "done";
    case Step::failed: return "failed";
  }
  return "intent";
}

std::string head_line() {
  return detail::line_of(Json{{"gopol", "journal"}, {"version", version}});
}

std::string begin_line(const JournalRun& run) {
  Json out{{"begin", json_text(run.run)},
           {"at", detail::moment_text(run.begun)},
           {"command", json_text(run.command)}};
  put_text(out, "policy", run.policy);
  return detail::line_of(out);
}

std::string end_line(const std::string& run, std::chrono::system_clock::time_point at,
                     const std::string& outcome) {
  return detail::line_of(Json{
      {"end", json_text(run)}, {"at", detail::moment_text(at)}, {"outcome", json_text(outcome)}});
}

std::string entry_line(const JournalEntry& entry, const detail::TextsApart& apart) {
  Json out{{"at", detail::moment_text(entry.at)},
           {"run", json_text(entry.run)},
           {"change", entry.change},
           {"step", std::string(name(entry.step))},
           {"family", json_text(entry.family)}};
  put_text(out, "key", entry.key);
  put_list(out, "moves", entry.moves,
           [&](const JournalEntry::Move& move) { return json_of_move(move, apart); });
  put_text(out, "rule", entry.rule);
  put_text(out, "place", entry.place);
  put_text(out, "commit", entry.commit);
  put_text(out, "because", entry.because);
  if (entry.written) out["written"] = json_of(*entry.written);
  put_files(out, entry);
  put_list(out, "after", entry.after, [](const PostImage& one) { return json_of(one); });
  put_list(out, "trees", entry.trees, [](const Path& path) { return json_text(path.text); });
  if (entry.beyond_files) out["beyond_files"] = true;
  if (entry.irreversible) out["irreversible"] = true;
  put_list(out, "takes_back", entry.takes_back, [](const ChangeName& change) {
    return Json{{"run", json_text(change.run)}, {"change", change.change}};
  });
  put_text(out, "detail", entry.detail);
  return detail::line_of(out);
}

HeadKind read_head(std::string_view line) {
  const auto json = detail::parse_json(line);
  if (!json || text_in(*json, "gopol") != "journal") return HeadKind::foreign;
  const std::uint64_t found = number_in(*json, "version");
  return found == version ? HeadKind::ours : found > version ? HeadKind::newer : HeadKind::foreign;
}

bool read_line(std::string_view line, JournalContent& into, const detail::FetchText& fetch) {
  const auto json = detail::parse_json(line);
  if (!json || !json->is_object()) return false;
  if (detail::find(*json, "begin") != nullptr) {
    const auto at = detail::moment_of(text_in(*json, "at"));
    if (!at) return false;
    into.runs.push_back({text_in(*json, "begin"),
                         text_in(*json, "command"),
                         text_in(*json, "policy"),
                         *at,
                         {},
                         {}});
    return true;
  }
  if (detail::find(*json, "end") != nullptr) {
    const std::string run = text_in(*json, "end");
    for (JournalRun& known : into.runs) {
      if (known.run != run) continue;
      known.ended = detail::moment_of(text_in(*json, "at"));
      known.outcome = text_in(*json, "outcome");
    }
    return true;
  }
  auto entry = entry_of(*json, fetch);
  if (!entry) return false;
  into.entries.push_back(std::move(*entry));
  return true;
}

}  // namespace gopol::engine
