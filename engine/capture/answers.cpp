#include "engine/capture/answers.h"

#include <utility>

#include "dsl/value/secret.h"
#include "engine/encoding/json.h"

namespace gopol::engine::capture {
namespace {

using detail::find;
using detail::flag_in;
using detail::Json;
using detail::json_text;
using detail::number_in;
using detail::text_in;

/// Of a JSON object that has the member.
std::optional<Json> object_with(const char* member, std::string_view line) {
  auto json = detail::parse_json(line);
  if (!json || find(*json, member) == nullptr) return {};
  return json;
}

std::optional<std::vector<std::string>> texts_of(const Json& json) {
  if (!json.is_array()) return {};
  std::vector<std::string> out;
  for (const Json& item : json) {
    auto text = detail::bytes_of(item);
    if (!text) return {};
    out.push_back(std::move(*text));
  }
  return out;
}

Json bytes_json(std::string_view bytes) { return json_text(fit_to_hand_on(bytes)); }

bool read_bytes(const Json& object, const char* name, std::string& out) {
  auto bytes = detail::bytes_in(object, name);
  if (!bytes) return false;
  out = std::move(*bytes);
  return true;
}

}  // namespace

std::string line_of(const FileStatus& status) {
  return detail::line_of(Json{{"type", static_cast<int>(status.type)},
                              {"mode", status.mode},
                              {"uid", status.uid},
                              {"gid", status.gid},
                              {"size", status.size}});
}

bool read_line(std::string_view line, FileStatus& out) {
  const auto json = object_with("mode", line);
  if (!json) return false;
  const auto type = number_in(*json, "type");
  if (type > static_cast<std::uint64_t>(FileStatus::Type::other)) return false;
  out = {static_cast<FileStatus::Type>(type), static_cast<std::uint32_t>(number_in(*json, "mode")),
         static_cast<std::uint32_t>(number_in(*json, "uid")),
         static_cast<std::uint32_t>(number_in(*json, "gid")), number_in(*json, "size")};
  return true;
}

std::string line_of(const Path& path) { return line_of(path.text); }
bool read_line(std::string_view line, Path& out) { return read_line(line, out.text); }

std::string line_of(const std::string& bytes) { return detail::line_of(bytes_json(bytes)); }

bool read_line(std::string_view line, std::string& out) {
  const auto json = detail::parse_json(line);
  auto bytes = json ? detail::bytes_of(*json) : std::nullopt;
  if (bytes) out = std::move(*bytes);
  return bytes.has_value();
}

std::string line_of(const std::vector<std::string>& names) {
  Json out = Json::array();
  for (const std::string& name : names) out.push_back(json_text(name));
  return detail::line_of(out);
}

bool read_line(std::string_view line, std::vector<std::string>& out) {
  const auto json = detail::parse_json(line);
  auto names = json ? texts_of(*json) : std::nullopt;
  if (names) out = std::move(*names);
  return names.has_value();
}

std::string line_of(const WriteAccess& access) {
  return detail::line_of(Json{{"access", static_cast<int>(access.kind)},
                              {"at", json_text(access.at.text)},
                              {"other_names", access.other_names}});
}

bool read_line(std::string_view line, WriteAccess& out) {
  const auto json = object_with("access", line);
  if (!json) return false;
  const auto kind = number_in(*json, "access");
  if (kind > static_cast<std::uint64_t>(WriteAccess::Kind::read_only)) return false;
  out.kind = static_cast<WriteAccess::Kind>(kind);
  out.other_names = number_in(*json, "other_names");
  return read_bytes(*json, "at", out.at.text);
}

std::string line_of(const Output& output) {
  return detail::line_of(Json{
      {"status", output.status}, {"out", bytes_json(output.out)}, {"err", bytes_json(output.err)}});
}

bool read_line(std::string_view line, Output& out) {
  const auto json = object_with("out", line);
  if (!json) return false;
  out.status = static_cast<int>(number_in(*json, "status"));
  return read_bytes(*json, "out", out.out) && read_bytes(*json, "err", out.err);
}

std::string line_of(const HttpAnswer& answer) {
  return detail::line_of(Json{{"http", answer.status},
                              {"body", bytes_json(answer.body)},
                              {"failure", bytes_json(answer.failure)},
                              {"offline", answer.offline}});
}

bool read_line(std::string_view line, HttpAnswer& out) {
  const auto json = object_with("http", line);
  if (!json) return false;
  out.status = static_cast<int>(number_in(*json, "http"));
  out.offline = flag_in(*json, "offline");
  return read_bytes(*json, "body", out.body) && read_bytes(*json, "failure", out.failure);
}

std::string line_of(const dsl::Value& value) { return detail::line_of(detail::json_of(value)); }

bool read_line(std::string_view line, dsl::Value& out) {
  const auto json = detail::parse_json(line);
  auto value = json ? detail::value_of(*json) : std::nullopt;
  if (value) out = std::move(*value);
  return value.has_value();
}

std::string line_of(const dsl::Diagnostics& errors) {
  Json out = Json::array();
  for (const dsl::Diagnostic& error : errors) {
    out.push_back(Json{{"code", error.code},
                       {"message", bytes_json(error.message.text())},
                       {"help", bytes_json(error.help.text())}});
  }
  return detail::line_of(Json{{"errors", std::move(out)}});
}

bool read_line(std::string_view line, dsl::Diagnostics& out) {
  const auto json = object_with("errors", line);
  if (!json) return false;
  const Json& errors = *find(*json, "errors");
  if (!errors.is_array()) return false;
  for (const Json& error : errors) {
    std::string message, help;
    if (!read_bytes(error, "message", message) || !read_bytes(error, "help", help)) return false;
    out.push_back(dsl::problem(text_in(error, "code"), std::move(message), std::move(help)));
  }
  return true;
}

std::string question(std::initializer_list<std::string_view> parts) {
  Json out = Json::array();
  for (const std::string_view part : parts) out.push_back(bytes_json(part));
  return detail::line_of(out);
}

std::string question(const Command& command) {
  Json argv = Json::array(), environment = Json::object();
  for (const std::string& argument : command.argv) argv.push_back(bytes_json(argument));
  for (const auto& [name, value] : command.environment) environment[name] = bytes_json(value);
  return detail::line_of(Json{"query", argv, bytes_json(command.input), environment});
}

std::string question_of(const Path& file, Extent part) {
  if (part.offset == 0 && part.size == Extent{}.size) return question({"read", file.text});
  return question({"read", file.text, std::to_string(part.offset), std::to_string(part.size)});
}

dsl::Diagnostic not_noted(const std::string& question) {
  return dsl::problem("R4002", "the capture does not say: " + question,
                      "capture the machine again with the policy that asks: "
                      "`gopol capture FILE --policy POLICY`");
}

}  // namespace gopol::engine::capture
