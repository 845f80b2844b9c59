#include "engine/root/planned_json.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "engine/record/image_json.h"

namespace gopol::engine::detail {

std::optional<std::uint32_t> small_number(const Json& json, const char* name) {
  const Json* member = find(json, name);
  if (member == nullptr || !member->is_number_unsigned()) return {};
  return static_cast<std::uint32_t>(member->get<std::uint64_t>());
}

namespace {

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
          {"wanted", array_of(change.wanted, json_of_assignment)},
          {"takes_back", change.takes_back}};
}

std::optional<Change> change_of(const Json& json) {
  Change out{text_in(json, "family"), text_in(json, "key"), {}, {}};
  if (out.family.empty() || !read_array(json, "assignments", out.assignments, assignment_of) ||
      !read_array(json, "wanted", out.wanted, assignment_of))
    return {};
  out.takes_back = flag_in(json, "takes_back");
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

}  // namespace

Json json_of(const Prepared& prepared) {
  return {{"edits", array_of(prepared.edits, json_of_edit)},
          {"writes", array_of(prepared.writes, json_of_write)},
          {"images", array_of(prepared.images, [](const FileImage& one) { return json_of(one); })},
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

Json json_of(const PlannedChange& planned) {
  return {{"change", json_of_change(planned.change)}, {"prepared", json_of(planned.prepared)}};
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

}  // namespace gopol::engine::detail
