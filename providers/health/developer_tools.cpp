#include "providers/health/developer_tools.h"

#include <fmt/format.h>

#include <optional>
#include <string_view>
#include <utility>

#include "dsl/policy/spell.h"
#include "providers/machine/os.h"
#include "providers/read/mac.h"
#include "providers/read/shell_word.h"
#include "providers/xcode/developer_dir.h"
#include "providers/xcode/license.h"

namespace gopol::providers {
namespace {

using dsl::Path;
using dsl::Severity;
using dsl::Value;
using engine::Facts;
using engine::Host;

constexpr std::string_view fails = "clang, git and cgo fail";
const Path tools(xcode::clt_directory);

bool works(const Path& directory, const Host& host) {
  return xcode::is_usable(directory, host) == Value(true);
}

Value fact(const Facts& facts, const char* family, const char* attribute) {
  return facts.value({family, "", attribute, ""});
}

/// The Xcode that a switch would lead to: the one in use or by its usual name, else any that works.
std::optional<Path> working_xcode(const Facts& facts, const Host& host) {
  const Value app = fact(facts, "xcode.app", "path");
  const Value installed = fact(facts, "xcode.app", "installed");
  std::vector<Path> all;
  if (const auto* path = app.as<Path>()) all.push_back(*path);
  if (const auto* paths = installed.as<dsl::List>()) {
    for (const std::string& path : paths->items) all.emplace_back(path);
  }
  for (const Path& one : all) {
    const Path directory = one / "Contents/Developer";
    if (works(directory, host)) return directory;
  }
  return {};
}

/// Command Line Tools that every machine with this macOS can get, the first made for it.
std::string_view tools_for(int macos) {
  constexpr std::pair<int, std::string_view> all[] = {{27, "27"}, {26, "26"}, {15, "16"},
                                                      {14, "15"}, {13, "14"}, {12, "13"}};
  for (const auto& [from, version] : all)
    if (macos >= from) return version;
  return "12";
}

/// What installs the Command Line Tools anew, and selects them if something else is selected.
/// xcode-select does nothing while a part of them is there.
Ailment installing(Ailment out, bool select, const Host& host) {
  const auto folder = host.disk().stat_target(tools);
  const bool remains = folder && folder->type != engine::FileStatus::Type::absent;
  out.takes_administrator = remains || select;
  if (remains) out.mend = fmt::format("`sudo rm -rf {}`, then ", tools.text);
  out.mend += "`xcode-select --install`, which opens a window";
  if (select) out.mend += fmt::format(", then `sudo xcode-select --switch {}`", tools.text);
  out.policy = fmt::format("xcode.clt {{ version >= {} }}", tools_for(macos_number(host)));
  if (select) out.policy += "\nxcode.select { developer_dir = clt }";
  return out;
}

Ailment switching(Ailment out, const Path& to) {
  out.takes_administrator = true;
  out.mend = fmt::format("`sudo xcode-select --switch {}`", shell_word(to.text));
  out.policy = to == tools
                   ? std::string("xcode.select { developer_dir = clt }")
                   : fmt::format("xcode.select {{ developer_dir = {} }}", dsl::quoted(to.text));
  return out;
}

/// Of the same kind as the one that is gone, if there is one.
Ailment with_mend(Ailment out, const std::optional<Path>& selected, const Facts& facts,
                  const Host& host) {
  const auto xcode = working_xcode(facts, host);
  const bool had_xcode = selected && *selected != tools;
  if (xcode && (had_xcode || !works(tools, host))) return switching(std::move(out), *xcode);
  if (works(tools, host)) return switching(std::move(out), tools);
  return installing(std::move(out), had_xcode, host);
}

/// The directory that is selected for everybody. False: programs cannot work with it.
bool selection_works(const Facts& facts, const Host& host, Ailments& out) {
  const xcode::DeveloperDir selected = xcode::selected_directory(host);
  if (selected.path.is_absent()) {
    out.push_back(
        with_mend({Severity::error, fmt::format("there are no developer tools: {}", fails), ""}, {},
                  facts, host));
    return false;
  }
  const auto* path = selected.path.as<Path>();
  if (path == nullptr || xcode::is_usable(*path, host) != Value(false)) return true;
  const std::string missing = dsl::to_text(xcode::missing_part(*path, host));
  out.push_back(
      with_mend({Severity::error,
                 fmt::format("the selected developer directory is {}, and {} is not there: {}",
                             path->text, missing, fails),
                 ""},
                *path, facts, host));
  return false;
}

/// DEVELOPER_DIR counts before what is selected, also if it leads nowhere.
bool variable_works(const Host& host, Ailments& out) {
  const xcode::DeveloperDir active = xcode::active_directory(host);
  const auto* path = active.path.as<Path>();
  if (active.why != "env" || path == nullptr || xcode::is_usable(*path, host) != Value(false))
    return true;
  out.push_back({Severity::error,
                 fmt::format("DEVELOPER_DIR is {} in this session, and {} is not there: {}",
                             path->text, dsl::to_text(xcode::missing_part(*path, host)), fails),
                 "`unset DEVELOPER_DIR`, and take it out of the file that sets it"});
  return false;
}

/// Only the licence of the Xcode that is selected keeps tools from running.
void add_licence(const Facts& facts, const Host& host, Ailments& out) {
  const Value app = fact(facts, "xcode.app", "path");
  const xcode::DeveloperDir active = xcode::active_directory(host);
  const auto *of = app.as<Path>(), *used = active.path.as<Path>();
  if (fact(facts, "xcode.app", "license_accepted") != Value(false) || of == nullptr ||
      used == nullptr)
    return;
  const auto real = host.disk().resolve(*used);
  if (!real || !*real || !(*real)->is_within(*of)) return;
  out.push_back({Severity::error,
                 fmt::format("the licence of {} is not accepted: clang and brew stop", of->text),
                 fmt::format("`{}`", xcode::license_command(active)), true});
}

void add_debugger(const Facts& facts, const Host& host, Ailments& out) {
  if (!fact(facts, "debug", "debugserver").is_absent()) return;
  Ailment one{Severity::warning, "there is no debugserver: dlv cannot start a program", ""};
  out.push_back(installing(std::move(one), false, host));
}

}  // namespace

void add_developer_tools(const Facts& facts, const Host& host, Ailments& out) {
  if (!is_mac(host)) return;
  const bool selected = selection_works(facts, host, out), variable = variable_works(host, out);
  if (!selected || !variable) return;
  add_licence(facts, host, out);
  add_debugger(facts, host, out);
}

}  // namespace gopol::providers
