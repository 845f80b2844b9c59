#include "engine/root/message.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "engine/record/image_json.h"

namespace gopol::engine::detail {
namespace {

constexpr std::uint64_t schema = 1;

struct EditKindName {
  FileEdit::Kind kind;
  std::string_view name;
};
constexpr std::array<EditKindName, 6> edit_kinds{
    {{FileEdit::Kind::write, "write"},
     {FileEdit::Kind::attributes, "attributes"},
     {FileEdit::Kind::folder, "folder"},
     {FileEdit::Kind::link, "link"},
     {FileEdit::Kind::remove, "remove"},
     {FileEdit::Kind::remove_folder, "remove_folder"}}};

template <class Items, class ToJson>
Json array_of(const Items& items, ToJson to_json) {
  Json out = Json::array();
  for (const auto& item : items) out.push_back(to_json(item));
  return out;
}

/// False if the list is missing, or one of its items is none.
template <class Item, class FromJson>
bool read_array(const Json& json, const char* name, std::vector<Item>& items, FromJson from_json) {
  const Json* list = find(json, name);
  if (list == nullptr || !list->is_array()) return false;
  for (const Json& one : *list) {
    std::optional<Item> item = from_json(one);
    if (!item) return false;
    items.push_back(std::move(*item));
  }
  return true;
}

std::optional<std::uint32_t> small_number(const Json& json, const char* name) {
  const Json* member = find(json, name);
  if (member == nullptr || !member->is_number_unsigned()) return {};
  return static_cast<std::uint32_t>(member->get<std::uint64_t>());
}

Json json_of_assignment(const Assignment& one) {
  return {{"slot", json_of(one.slot)},
          {"from", json_of(one.from)},
          {"to", json_of(one.to)},
          {"allowed", json_of(one.allowed)}};
}

std::optional<Assignment> assignment_of(const Json& json) {
  const auto member = [&](const char* name) {
    const Json* found = find(json, name);
    return found == nullptr ? Json() : *found;
  };
  auto slot = slot_of(member("slot"));
  auto from = value_of(member("from")), to = value_of(member("to"));
  auto allowed = allowed_of(member("allowed"));
  if (!slot || !from || !to || !allowed) return {};
  return Assignment{std::move(*slot), std::move(*from), std::move(*to), std::move(*allowed)};
}

Json json_of_change(const Change& change) {
  return {{"family", json_text(change.family)},
          {"key", json_text(change.key)},
          {"assignments", array_of(change.assignments, json_of_assignment)},
          {"wanted", array_of(change.wanted, json_of_assignment)}};
}

std::optional<Change> change_of(const Json& json) {
  Change out{text_in(json, "family"), text_in(json, "key"), {}, {}};
  if (out.family.empty() || !read_array(json, "assignments", out.assignments, assignment_of) ||
      !read_array(json, "wanted", out.wanted, assignment_of))
    return {};
  return out;
}

Json json_of_edit(const FileEdit& edit) {
  const auto* kind = std::find_if(edit_kinds.begin(), edit_kinds.end(),
                                  [&](const auto& one) { return one.kind == edit.kind; });
  Json out{{"path", json_text(edit.path.text)}, {"kind", std::string(kind->name)}};
  if (!edit.bytes.empty()) out["bytes"] = json_text(edit.bytes);
  if (edit.attributes.mode) out["mode"] = *edit.attributes.mode;
  if (edit.attributes.uid) out["uid"] = *edit.attributes.uid;
  if (edit.attributes.gid) out["gid"] = *edit.attributes.gid;
  if (edit.whole) out["whole"] = true;
  return out;
}

std::optional<FileEdit> edit_of(const Json& json) {
  const std::string name = text_in(json, "kind");
  const auto* kind = std::find_if(edit_kinds.begin(), edit_kinds.end(),
                                  [&](const auto& one) { return one.name == name; });
  FileEdit out{Path(text_in(json, "path"))};
  if (kind == edit_kinds.end() || !out.path.is_absolute()) return {};
  out.kind = kind->kind;
  out.bytes = text_in(json, "bytes");
  out.attributes = {small_number(json, "mode"), small_number(json, "uid"),
                    small_number(json, "gid")};
  out.whole = flag_in(json, "whole");
  return out;
}

Json json_of_write(const Prepared::Write& write) {
  return {{"path", json_text(write.path.text)}, {"whole", write.whole}};
}

std::optional<Prepared::Write> write_of(const Json& json) {
  Prepared::Write out{Path(text_in(json, "path")), flag_in(json, "whole")};
  if (!out.path.is_absolute()) return {};
  return out;
}

Json json_of_image(const FileImage& image) { return json_of(image); }
Json json_of_post(const PostImage& image) { return json_of(image); }

Json json_of_prepared(const Prepared& prepared) {
  return {{"edits", array_of(prepared.edits, json_of_edit)},
          {"writes", array_of(prepared.writes, json_of_write)},
          {"images", array_of(prepared.images, json_of_image)},
          {"needs_root", prepared.demands.needs_root},
          {"irreversible", prepared.demands.irreversible},
          {"needs_person", prepared.demands.needs_person},
          {"note", json_text(prepared.note)}};
}

std::optional<Prepared> prepared_of(const Json& json) {
  Prepared out;
  if (!read_array(json, "edits", out.edits, edit_of) ||
      !read_array(json, "writes", out.writes, write_of) ||
      !read_array(json, "images", out.images, file_image_of))
    return {};
  out.demands = {flag_in(json, "needs_root"), flag_in(json, "irreversible"),
                 flag_in(json, "needs_person")};
  out.note = text_in(json, "note");
  return out;
}

Json json_of_planned(const PlannedChange& planned) {
  return {{"change", json_of_change(planned.change)},
          {"prepared", json_of_prepared(planned.prepared)}};
}

std::optional<PlannedChange> planned_of(const Json& json) {
  const Json* change = find(json, "change");
  const Json* prepared = find(json, "prepared");
  if (change == nullptr || prepared == nullptr) return {};
  auto what = change_of(*change);
  auto writes = prepared_of(*prepared);
  if (!what || !writes) return {};
  PlannedChange out;
  out.change = std::move(*what);
  out.prepared = std::move(*writes);
  return out;
}

Json json_of_path(const Path& path) { return json_text(path.text); }

std::optional<Path> path_of(const Json& json) {
  const auto text = bytes_of(json);
  if (!text || !Path(*text).is_absolute()) return {};
  return Path(*text);
}

Json json_of_seen(const Observation& seen) {
  return {
      {"slot", json_of(seen.slot)}, {"value", json_of(seen.value)}, {"inherited", seen.inherited}};
}

std::optional<Observation> seen_of(const Json& json) {
  const Json* where = find(json, "slot");
  const Json* what = find(json, "value");
  if (where == nullptr || what == nullptr) return {};
  auto slot = slot_of(*where);
  auto value = value_of(*what);
  if (!slot || !value) return {};
  return Observation{.slot = std::move(*slot),
                     .value = std::move(*value),
                     .inherited = flag_in(json, "inherited")};
}

Json json_of_back(const RootTask::Back& back) {
  const JournalEntry& intent = back.change.intent;
  return {{"files", array_of(intent.files, json_of_image)},
          {"trees", array_of(intent.trees, json_of_path)},
          {"after", array_of(back.change.after, json_of_post)},
          {"keeps_trees", back.keeps_trees}};
}

std::optional<RootTask::Back> back_of(const Json& json) {
  RootTask::Back out;
  JournalEntry& intent = out.change.intent;
  if (!read_array(json, "files", intent.files, file_image_of) ||
      !read_array(json, "trees", intent.trees, path_of) ||
      !read_array(json, "after", out.change.after, post_image_of))
    return {};
  out.keeps_trees = flag_in(json, "keeps_trees");
  return out;
}

Json json_of_user(const Account& user) {
  return {{"name", json_text(user.name)},
          {"shell", json_text(user.shell)},
          {"home", json_text(user.home.text)},
          {"uid", user.uid},
          {"gid", user.gid}};
}

}  // namespace

Json hello(const std::string& version) {
  return {{"gopol", "root"}, {"schema", schema}, {"version", version}};
}

bool is_hello(const Json& json, const std::string& version) {
  return text_in(json, "gopol") == "root" && number_in(json, "schema") == schema &&
         text_in(json, "version") == version;
}

Json json_of(const RootTask& task) {
  const NetSettings& net = task.net;
  return {{"user", json_of_user(task.user)},
          {"download_go", json_text(task.settings.download_go)},
          {"trust_index", task.settings.trust_index},
          {"ca", json_text(net.ca.text)},
          {"proxy", json_text(net.proxy)},
          {"patience", static_cast<std::uint64_t>(net.patience.count())},
          {"agreed", array_of(task.agreed, json_of_planned)},
          {"back", array_of(task.back, json_of_back)}};
}

std::optional<RootTask> task_of(const Json& json) {
  const Json* user = find(json, "user");
  if (user == nullptr) return {};
  const auto uid = small_number(*user, "uid"), gid = small_number(*user, "gid");
  RootTask out;
  if (!uid || !gid || !read_array(json, "agreed", out.agreed, planned_of) ||
      !read_array(json, "back", out.back, back_of))
    return {};
  out.user = {text_in(*user, "name"), text_in(*user, "shell"), Path(text_in(*user, "home")), *uid,
              *gid};
  if (!out.user.home.is_absolute()) return {};
  out.settings.download_go = text_in(json, "download_go");
  out.settings.trust_index = flag_in(json, "trust_index");
  out.net.ca = Path(text_in(json, "ca"));
  out.net.proxy = text_in(json, "proxy");
  out.net.patience = std::chrono::seconds(number_in(json, "patience"));
  return out;
}

Json json_of(const Ready& ready) {
  return {{"prepared", json_of_prepared(ready.prepared)},
          {"images", array_of(ready.images, json_of_image)},
          {"folders", array_of(ready.folders, json_of_image)},
          {"trees", array_of(ready.trees, json_of_path)}};
}

std::optional<Ready> ready_of(const Json& json) {
  const Json* prepared = find(json, "prepared");
  auto writes = prepared == nullptr ? std::nullopt : prepared_of(*prepared);
  if (!writes) return {};
  Ready out{std::move(*writes), {}, {}, {}};
  if (!read_array(json, "images", out.images, file_image_of) ||
      !read_array(json, "folders", out.folders, file_image_of) ||
      !read_array(json, "trees", out.trees, path_of))
    return {};
  return out;
}

Json json_of(const Made& made) {
  return {{"why", json_of(made.why)},
          {"seen", array_of(made.seen.all(), json_of_seen)},
          {"after", array_of(made.after, json_of_post)}};
}

std::optional<Made> made_of(const Json& json) {
  Made out;
  std::vector<Observation> seen;
  const Json* why = find(json, "why");
  if (why == nullptr || !read_array(json, "seen", seen, seen_of) ||
      !read_array(json, "after", out.after, post_image_of))
    return {};
  out.why = diagnostics_of(*why);
  for (Observation& one : seen) out.seen.add(std::move(one));
  return out;
}

Json json_of(const dsl::Diagnostics& errors) {
  return array_of(errors, [](const dsl::Diagnostic& one) {
    return Json{{"code", json_text(one.code)},
                {"message", json_text(one.message.text())},
                {"help", json_text(one.help.text())}};
  });
}

dsl::Diagnostics diagnostics_of(const Json& json) {
  dsl::Diagnostics out;
  if (!json.is_array()) return out;
  for (const Json& one : json)
    out.push_back(
        dsl::problem(text_in(one, "code"), text_in(one, "message"), text_in(one, "help")));
  return out;
}

}  // namespace gopol::engine::detail
