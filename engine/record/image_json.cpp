#include "engine/record/image_json.h"

#include <algorithm>

namespace gopol::engine::detail {
namespace {

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

/// Pairs of name and value.
Json json_of_xattrs(const std::vector<Xattr>& xattrs) {
  Json out = Json::array();
  for (const Xattr& one : xattrs) {
    Json pair = Json::array();
    pair.push_back(json_text(one.name));
    pair.push_back(json_text(one.value));
    out.push_back(std::move(pair));
  }
  return out;
}

/// False if one is none.
bool take_xattrs(const Json& json, std::vector<Xattr>& into) {
  const Json* list = find(json, "xattrs");
  if (list == nullptr) return true;
  if (!list->is_array()) return false;
  for (const Json& pair : *list) {
    if (!pair.is_array() || pair.size() != 2) return false;
    auto name = bytes_of(pair[0]), value = bytes_of(pair[1]);
    if (!name || !value) return false;
    into.push_back({std::move(*name), std::move(*value)});
  }
  return true;
}

}  // namespace

Json head_of_image(const FileImage& image) {
  Json out{{"path", json_text(image.path.text)}, {"type", type_name(image.status.type)}};
  if (image.status.type == FileStatus::Type::absent) return out;
  out["mode"] = image.status.mode;
  out["uid"] = image.status.uid;
  out["gid"] = image.status.gid;
  out["size"] = image.status.size;
  if (!image.xattrs.empty()) out["xattrs"] = json_of_xattrs(image.xattrs);
  if (image.other_names > 0) out["other_names"] = image.other_names;
  if (!image.kept.empty()) out["kept"] = json_text(image.kept.text);
  return out;
}

Json json_of(const FileImage& image) {
  Json out = head_of_image(image);
  if (image.status.type != FileStatus::Type::absent) out["bytes"] = json_text(image.bytes);
  return out;
}

std::optional<FileImage> file_image_of(const Json& json) {
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
  out.other_names = number_in(json, "other_names");
  out.kept = Path(text_in(json, "kept"));
  if (!take_xattrs(json, out.xattrs)) return {};
  return out;
}

Json json_of(const PostImage& image) {
  Json out{{"path", json_text(image.path.text)}, {"sha256", image.sha256}};
  if (image.type != FileStatus::Type::regular) out["type"] = type_name(image.type);
  if (image.mode) out["mode"] = *image.mode;
  return out;
}

std::optional<PostImage> post_image_of(const Json& json) {
  PostImage out{Path(text_in(json, "path")), text_in(json, "sha256")};
  if (find(json, "type") != nullptr) {
    const auto type = type_of(text_in(json, "type"));
    if (!type) return {};
    out.type = *type;
  }
  if (find(json, "mode") != nullptr) out.mode = static_cast<std::uint32_t>(number_in(json, "mode"));
  return out;
}

}  // namespace gopol::engine::detail
