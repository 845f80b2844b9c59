#include "engine/record/journal_line.h"

#include <algorithm>

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

struct TypeName {
  FileStatus::Type type;
  const char* name;
};
constexpr TypeName types[] = {{FileStatus::Type::absent, "absent"},
                              {FileStatus::Type::regular, "regular"},
                              {FileStatus::Type::folder, "folder"},
                              {FileStatus::Type::symlink, "symlink"},
                              {FileStatus::Type::other, "other"}};

const char* type_name(FileStatus::Type type) {
  const auto* known = std::find_if(std::begin(types), std::end(types),
                                   [&](const TypeName& one) { return one.type == type; });
  return known->name;
}

std::optional<FileStatus::Type> type_of(std::string_view name) {
  const auto* known = std::find_if(std::begin(types), std::end(types),
                                   [&](const TypeName& one) { return name == one.name; });
  if (known == std::end(types)) return {};
  return known->type;
}

Json json_of_image(const FileImage& image) {
  Json out{{"path", json_text(image.path.text)}, {"type", type_name(image.status.type)}};
  if (image.status.type == FileStatus::Type::absent) return out;
  out["mode"] = image.status.mode;
  out["uid"] = image.status.uid;
  out["gid"] = image.status.gid;
  out["size"] = image.status.size;
  out["bytes"] = json_text(image.bytes);
  return out;
}

std::optional<FileImage> image_of(const Json& json) {
  FileImage out;
  out.path = Path(text_in(json, "path"));
  const auto type = type_of(text_in(json, "type"));
  if (!type || out.path.empty()) return {};
  out.status.type = *type;
  out.status.mode = static_cast<std::uint32_t>(number_in(json, "mode"));
  out.status.uid = static_cast<std::uint32_t>(number_in(json, "uid"));
  out.status.gid = static_cast<std::uint32_t>(number_in(json, "gid"));
  out.status.size = number_in(json, "size");
  out.bytes = text_in(json, "bytes");
  return out;
}

Json json_of_post(const PostImage& image) {
  Json out{{"path", json_text(image.path.text)}, {"sha256", image.sha256}};
  if (image.type != FileStatus::Type::regular) out["type"] = type_name(image.type);
  if (image.mode) out["mode"] = *image.mode;
  return out;
}

std::optional<PostImage> post_image_of(const Json& json) {
  PostImage out{Path(text_in(json, "path")), text_in(json, "sha256")};
  if (detail::find(json, "type") != nullptr) {
    const auto type = type_of(text_in(json, "type"));
    if (!type) return {};
    out.type = *type;
  }
  if (detail::find(json, "mode") != nullptr)
    out.mode = static_cast<std::uint32_t>(number_in(json, "mode"));
  return out;
}

Json json_of_move(const JournalEntry::Move& move) {
  Json out{
      {"slot", json_of(move.slot)}, {"from", json_text(move.from)}, {"to", json_text(move.to)}};
  if (move.was) out["was"] = json_of(*move.was);
  if (move.became) out["became"] = json_of(*move.became);
  return out;
}

std::optional<JournalEntry::Move> move_of(const Json& json) {
  const Json* slot = detail::find(json, "slot");
  auto where = slot == nullptr ? std::nullopt : detail::slot_of(*slot);
  if (!where) return {};
  JournalEntry::Move out{std::move(*where), text_in(json, "from"), text_in(json, "to")};
  if (const Json* was = detail::find(json, "was")) out.was = detail::value_of(*was);
  if (const Json* became = detail::find(json, "became")) out.became = detail::value_of(*became);
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

void put_text(Json& out, const char* name, const std::string& text) {
  if (!text.empty()) out[name] = json_text(text);
}

std::optional<JournalEntry> entry_of(const Json& json) {
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
  const bool whole = take_list(json, "moves", out.moves, move_of) &&
                     take_list(json, "files", out.files, image_of) &&
                     take_list(json, "after", out.after, post_image_of) &&
                     take_list(json, "trees", out.trees, path_of) &&
                     take_list(json, "takes_back", out.takes_back, change_of);
  if (!whole) return {};
  return out;
}

}  // namespace

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

std::string entry_line(const JournalEntry& entry) {
  Json out{{"at", detail::moment_text(entry.at)},
           {"run", json_text(entry.run)},
           {"change", entry.change},
           {"step", std::string(name(entry.step))},
           {"family", json_text(entry.family)}};
  put_text(out, "key", entry.key);
  put_list(out, "moves", entry.moves, json_of_move);
  put_text(out, "rule", entry.rule);
  put_text(out, "place", entry.place);
  put_text(out, "commit", entry.commit);
  put_text(out, "because", entry.because);
  if (entry.written) out["written"] = json_of(*entry.written);
  put_list(out, "files", entry.files, json_of_image);
  put_list(out, "after", entry.after, json_of_post);
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

bool read_line(std::string_view line, JournalContent& into) {
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
  auto entry = entry_of(*json);
  if (!entry) return false;
  into.entries.push_back(std::move(*entry));
  return true;
}

namespace detail {

Json json_of(const FileImage& image) {
  Json out = json_of_image(image);
  if (image.status.type != FileStatus::Type::absent) out["bytes"] = json_text(image.bytes);
  return out;
}
Json json_of(const PostImage& image) { return json_of_post(image); }
std::optional<FileImage> file_image_of(const Json& json) { return image_of(json); }
std::optional<PostImage> post_image_of(const Json& json) { return engine::post_image_of(json); }

}  // namespace detail
}  // namespace gopol::engine
