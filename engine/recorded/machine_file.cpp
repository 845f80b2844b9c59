#include "engine/recorded/machine_file.h"

#include <fmt/format.h>

#include "engine/encoding/table_reader.h"

namespace gopol::engine {
namespace {

using detail::TomlEntry;
using detail::TomlValue;

void read_platform(TableReader& top, std::string& to) {
  top.require("platform", "`platform = \"macos\"` or `\"linux\"`");
  const TomlValue* value = top.of_kind("platform", TomlValue::Kind::text);
  if (value == nullptr) return;
  to = value->text;
  if (to != "macos" && to != "linux") {
    top.refuse(*value, fmt::format("no platform `{}`", to), "a platform is `macos` or `linux`");
  }
}

void read_now(TableReader& top, std::chrono::system_clock::time_point& to) {
  top.require("now", "a recorded machine never reads the clock: `now = 2026-11-23T09:00:00Z`");
  const TomlValue* value = top.of_kind("now", TomlValue::Kind::moment);
  if (value != nullptr) to = value->moment;
}

/// `sudo = "granted"`, `"refused"` (no password is right), `"missing"`.
void read_sudo(TableReader& table, std::optional<SudoAnswer>& to) {
  const TomlValue* value = table.of_kind("sudo", TomlValue::Kind::text);
  if (value == nullptr) return;
  if (value->text == "granted") {
    to = SudoAnswer::granted;
  } else if (value->text == "refused") {
    to = SudoAnswer::refused;
  } else if (value->text == "missing") {
    to = SudoAnswer::missing;
  } else {
    table.refuse(*value, fmt::format("sudo is not `{}`", value->text),
                 "it is `granted`, `refused` or `missing`");
  }
}

void read_user(TableReader& top, MachineFile& file, dsl::Diagnostics& out) {
  RecordedMachine& to = file.system;
  const TomlValue* found = top.table("user");
  if (found == nullptr) return;
  TableReader table(*found, "[user]", out);
  table.text("name", to.user_name);
  table.text("shell", to.user_shell);
  if (const TomlValue* home = table.of_kind("home", TomlValue::Kind::text)) {
    to.user.home = Path(home->text);
    if (!to.user.home.is_absolute()) table.refuse(*home, "`home` is no absolute path");
  }
  table.number("uid", to.user.uid);
  table.number("gid", to.user.gid);
  read_sudo(table, file.sudo);
  table.finish();
}

/// Names the file chooses itself, each with a text, or, where they are answers of the kernel, also
/// a number or a truth value as the kernel would print it.
void read_pairs(TableReader& top, std::string_view name, bool only_text,
                std::vector<std::pair<std::string, std::string>>& to) {
  const TomlValue* found = top.table(name);
  if (found == nullptr) return;
  for (const TomlEntry& entry : found->entries) {
    const TomlValue& value = entry.value;
    if (value.kind == TomlValue::Kind::text) {
      to.emplace_back(entry.name, value.text);
    } else if (value.kind == TomlValue::Kind::integer && !only_text) {
      to.emplace_back(entry.name, std::to_string(value.integer));
    } else if (value.kind == TomlValue::Kind::boolean && !only_text) {
      to.emplace_back(entry.name, value.boolean ? "1" : "0");
    } else {
      top.refuse(value,
                 fmt::format("`{}` in `[{}]` is {}", entry.name, name, detail::name(value.kind)),
                 only_text ? "write a text"
                           : "write a text, an integer, true or false; quote dotted names");
    }
  }
}

/// `"https://…" = { status = 200, body = "…" }`, or `{ failure = "…", offline = true }`.
void read_answers(TableReader& table, MachineFile& to, dsl::Diagnostics& out) {
  const TomlValue* answers = table.table("answers");
  if (answers == nullptr) return;
  for (const TomlEntry& entry : answers->entries) {
    if (entry.value.kind != TomlValue::Kind::table) {
      table.refuse(entry.value, fmt::format("what `{}` answers is a table", entry.name),
                   "give it as `{ status = 200, body = \"\" }`");
      continue;
    }
    HttpAnswer answer;
    TableReader one(entry.value, fmt::format("\"{}\"", entry.name), out);
    std::uint32_t status = 0;
    one.number("status", status);
    one.text("body", answer.body);
    one.text("failure", answer.failure);
    one.boolean("offline", answer.offline);
    one.finish();
    answer.status = static_cast<int>(status);
    if (answer.status == 0 && answer.failure.empty()) one.require("status", "or say its `failure`");
    to.answers.emplace_back(entry.name, std::move(answer));
  }
}

void read_network(TableReader& top, MachineFile& to, dsl::Diagnostics& out) {
  const TomlValue* found = top.table("network");
  if (found == nullptr) return;
  TableReader table(*found, "[network]", out);
  if (const TomlValue* reaches = table.table("reaches")) {
    for (const TomlEntry& entry : reaches->entries) {
      if (entry.value.kind == TomlValue::Kind::boolean) {
        to.reaches.emplace_back(entry.name, entry.value.boolean);
      } else {
        table.refuse(entry.value,
                     fmt::format("whether `{}` is reached is true or false", entry.name));
      }
    }
  }
  read_answers(table, to, out);
  table.finish();
}

}  // namespace

Result<MachineFile> parse_machine_file(dsl::SourceId source, const dsl::SourceMap& sources) {
  const auto document = detail::parse_toml(source, sources);
  if (!document) return document.error();
  MachineFile out;
  dsl::Diagnostics problems;
  TableReader top(*document, "", problems);
  read_platform(top, out.system.platform);
  read_now(top, out.system.now);
  top.text("machine", out.system.machine);
  top.text("host_name", out.system.host_name);
  read_user(top, out, problems);
  read_pairs(top, "environment", true, out.system.environment);
  read_pairs(top, "sysctl", false, out.system.sysctls);
  read_network(top, out, problems);
  top.finish();
  if (!problems.empty()) {
    dsl::sort(problems);
    return problems;
  }
  if (out.system.user.home.empty()) out.system.user.home = Path("/");
  return out;
}

}  // namespace gopol::engine
