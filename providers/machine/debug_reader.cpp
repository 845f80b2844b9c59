#include "providers/machine/debug_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "providers/read/plist_text.h"
#include "providers/read/plist_tree.h"
#include "providers/read/program.h"
#include "providers/read/reading.h"
#include "providers/xcode/developer_dir.h"

namespace gopol::providers {
namespace {

using dsl::Path;
using dsl::Value;
using engine::FileStatus;
using engine::Host;

constexpr const char* in_framework =
    "PrivateFrameworks/LLDB.framework/Versions/A/Resources/debugserver";
constexpr const char* in_xcode =
    "../SharedFrameworks/LLDB.framework/Versions/A/Resources/debugserver";

dsl::Result<engine::Output> ask(std::vector<std::string> argv, const Host& host) {
  engine::Command command;
  command.argv = std::move(argv);
  return host.programs().query(command);
}

Value no_answer(std::string_view program, const engine::Output& output) {
  const std::string said = complaint_of(output);
  return dsl::Unknown{
      fmt::format("{} gives no answer{}{}", program, said.empty() ? "" : ": ", said), ""};
}

bool is_file(const Path& path, const Host& host) {
  const auto status = host.disk().stat_target(path);
  return status && status->type == FileStatus::Type::regular;
}

Value is_member(const std::string& group, const Host& host) {
  constexpr const char* program = "/usr/bin/dscl";
  const auto output =
      ask({program, "-plist", ".", "-read", "/Groups/" + group, "GroupMembership"}, host);
  if (!output) return unknown(output.error());
  // A group that never had a member has no such attribute.
  if (complaint_of(*output).starts_with("No such key")) return false;
  const auto member = parse_membership(output->out, host.system().user_name());
  return output->status == 0 && member ? Value(*member) : no_answer(program, *output);
}

}  // namespace

std::optional<bool> parse_developer_mode(std::string_view printed) {
  const bool on = printed.find("currently enabled") != std::string_view::npos;
  const bool off = printed.find("currently disabled") != std::string_view::npos;
  if (on == off) return {};
  return on;
}

std::optional<bool> parse_membership(std::string_view plist, std::string_view user) {
  if (!parse_plist(plist)) return {};  // damaged is not the same as no member
  const auto members = plist_strings(plist, "dsAttrTypeStandard:GroupMembership");
  return members && std::find(members->begin(), members->end(), user) != members->end();
}

Value developer_mode(const Host& host) {
  constexpr const char* program = "/usr/sbin/DevToolsSecurity";
  const auto output = ask({program, "-status"}, host);
  if (!output) return unknown(output.error());
  const auto mode = parse_developer_mode(output->out + output->err);
  return mode ? Value(*mode) : no_answer(program, *output);
}

Value is_developer(const Host& host) { return is_member("_developer", host); }

Value is_administrator(const Host& host) {
  if (host.system().user().uid == 0) return true;
  return is_member("admin", host);
}

Value debugserver(const Host& host) {
  if (const auto chosen = host.system().environment("DELVE_DEBUGSERVER_PATH");
      chosen && chosen->starts_with('/')) {
    return Path(*chosen);
  }
  const Path tools = Path(xcode::clt_directory) / "Library" / in_framework;
  if (is_file(tools, host)) return tools;
  const xcode::DeveloperDir active = xcode::active_directory(host);
  if (active.path.is_unknown()) return active.path;
  const auto* directory = active.path.as<Path>();
  if (directory == nullptr) return dsl::Absent{};
  const Path shared(directory->text + "/" + in_xcode);
  return is_file(shared, host) ? Value(shared) : Value(dsl::Absent{});
}

}  // namespace gopol::providers
