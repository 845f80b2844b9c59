#include "engine/root/message.h"

#include <utility>

#include "engine/record/image_json.h"
#include "engine/root/planned_json.h"

namespace gopol::engine::detail {
namespace {

constexpr std::uint64_t schema = 1;

Json json_of_image(const FileImage& image) { return json_of(image); }
Json json_of_post(const PostImage& image) { return json_of(image); }

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
          {"agreed", array_of(task.agreed, [](const PlannedChange& one) { return json_of(one); })},
          {"back", array_of(task.back, json_of_back)},
          {"kept", array_of(task.kept, [](const std::string& name) { return json_text(name); })}};
}

std::optional<RootTask> task_of(const Json& json) {
  const Json* user = find(json, "user");
  if (user == nullptr) return {};
  const auto uid = small_number(*user, "uid"), gid = small_number(*user, "gid");
  RootTask out;
  std::vector<std::string> kept;
  if (!uid || !gid || !read_array(json, "agreed", out.agreed, planned_of) ||
      !read_array(json, "back", out.back, back_of) || !read_array(json, "kept", kept, bytes_of))
    return {};
  out.kept = {kept.begin(), kept.end()};
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
  return {{"prepared", json_of(ready.prepared)},
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
