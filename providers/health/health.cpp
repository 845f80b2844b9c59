#include "providers/health/health.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include "dsl/policy/fit.h"
#include "dsl/value/version.h"
#include "providers/health/exported.h"
#include "engine/plan/facts.h"
#include "providers/machine/debug_reader.h"
#include "providers/machine/os.h"
#include "providers/read/mac.h"

namespace gopol::providers {
namespace {

using dsl::Severity;
using dsl::Value;
using engine::Host;
using engine::Observation;
using engine::Slot;

/// One fact that is not as a developer needs it.
struct Check {
  std::string_view family, attribute;
  Value bad;  ///< Absent too
  Severity severity;
  std::string_view what, mend;
  bool for_macs_alone;
};

const std::vector<Check>& checks() {
  using enum Severity;
  static const std::vector<Check> all = {
      {"cpu", "translated", true, warning,
       "this terminal runs under Rosetta 2: what it builds is amd64",
       "open one that does not: `arch -arm64 zsh`", true},
      {"xcode.select", "developer_dir", dsl::Absent{}, error,
       "there are no developer tools: clang, git and cgo fail",
       "a policy with `xcode.clt { version >= 16 }`, or `xcode-select --install`", true},
      {"xcode.select", "usable", false, error,
       "the selected developer directory is not there, or incomplete: clang, git and cgo fail",
       "`sudo xcode-select --switch /Library/Developer/CommandLineTools`", true},
      {"xcode.app", "license_accepted", false, error,
       "the licence of Xcode is not accepted: clang and brew stop",
       "`sudo xcodebuild -license accept`", true},
      {"brew.install", "translated", true, warning, "brew would run under Rosetta 2 from here",
       "start it natively, `arch -arm64 zsh`, if there is one in /opt/homebrew; else install that",
       true},
      {"debug", "debugserver", dsl::Absent{}, warning,
       "there is no debugserver: dlv cannot start a program", "install the Command Line Tools",
       true},
      {"debug", "developer_mode", false, note,
       "developer mode is off: dlv asks for a password, and fails over ssh",
       "`sudo /usr/sbin/DevToolsSecurity -enable`", true},
      {"debug", "group", false, note,
       "this user is not in the group _developer: dlv asks for a password",
       "`sudo dscl . append /Groups/_developer GroupMembership $USER`", true},
      {"sip", "enabled", false, warning, "System Integrity Protection is off",
       "`gopol guide sip.enabled`", true},
  };
  return all;
}

/// The first of a family counts: what is not there is not broken as well.
void add_checks(const engine::Facts& facts, const Host& host, std::vector<Ailment>& out) {
  std::string_view ill;
  for (const Check& check : checks()) {
    if (check.family == ill && check.family == "xcode.select") continue;
    if (check.for_macs_alone && !is_mac(host)) continue;
    const Observation* seen =
        facts.find({std::string(check.family), "", std::string(check.attribute), ""});
    if (seen == nullptr || !(seen->value == check.bad)) continue;
    out.push_back({check.severity, std::string(check.what), std::string(check.mend)});
    ill = check.family;
  }
}

/// Why go would refuse a value that stands in a file now.
std::optional<Ailment> refused(const Observation& seen, const dsl::Schemas& schemas) {
  const dsl::Schema* schema = schemas.find(seen.slot.family);
  const auto* shape = schema != nullptr ? find_attribute(*schema, seen.slot.attribute) : nullptr;
  if (shape == nullptr || !shape->assertable || seen.inherited) return {};
  const auto why = misfit(*shape, seen.value);
  if (!why) return {};
  return Ailment{
      Severity::error,
      fmt::format("{} is {}: {}", dsl::to_text(seen.slot), dsl::to_text(seen.value), why->message),
      why->help.empty() ? fmt::format("change it in {}", seen.origin) : why->help.text()};
}

/// A GOROOT that is not there ends every go command, `go env -u` too.
void add_root(const engine::Facts& facts, const Host& host, std::vector<Ailment>& out) {
  const Observation* seen = facts.find({"go.env", "", "GOROOT", ""});
  const auto* root = seen != nullptr ? seen->value.as<dsl::Path>() : nullptr;
  if (root == nullptr || seen->inherited) return;
  if (holds_go(host, *root)) return;
  out.push_back(
      {Severity::error,
       fmt::format("go.env.GOROOT is {}, where no Go is: every go command fails", root->text),
       fmt::format("take the line out of `{}`: no go command can", seen->origin)});
}

/// Every build is for another machine than this one, which nobody wants for good.
void add_targets(const engine::Facts& facts, const Host& host, std::vector<Ailment>& out) {
  const auto* cpu = facts.value({"cpu", "", "arch", ""}).as<std::string>();
  if (cpu == nullptr) return;
  const std::pair<std::string_view, std::string_view> targets[] = {
      {"GOARCH", *cpu == "arm64" ? "arm64" : "amd64"}, {"GOOS", is_mac(host) ? "darwin" : "linux"}};
  for (const auto& [variable, ours] : targets) {
    const Observation* seen = facts.find({"go.env", "", std::string(variable), ""});
    const auto* value = seen != nullptr ? seen->value.as<std::string>() : nullptr;
    if (value == nullptr || value->empty() || *value == ours || seen->inherited) continue;
    out.push_back({Severity::warning,
                   fmt::format("{} sets {} to {}: what go builds here is not for this machine, "
                               "which is {}",
                               seen->origin, variable, *value, ours),
                   fmt::format("`go env -u {}`; set it for single builds", variable)});
  }
}

/// What an Intel Homebrew installs, Go too, is for Intel.
void add_homebrew(const engine::Facts& facts, std::vector<Ailment>& out) {
  if (!(facts.value({"cpu", "", "arch", ""}) == Value("arm64")) ||
      !(facts.value({"brew.install", "", "arch", ""}) == Value("x86_64")))
    return;
  out.push_back({Severity::warning,
                 "the only Homebrew is for Intel: all that it installs runs under Rosetta 2",
                 "install the one for arm64: `gopol guide brew.install.prefix`"});
}

/// Programs of a Go before 1.24, on the macOS that asks for LC_UUID. Source: golang/go#68678.
void add_tools(const engine::Facts& facts, const Host& host, std::vector<Ailment>& out) {
  constexpr int asks_for_uuid = 15;
  if (!is_mac(host) || macos_number(host) < asks_for_uuid) return;
  for (const Observation& seen : facts.all()) {
    if (seen.slot.family != "go.tool" || seen.slot.attribute != "uuid" || !seen.value.is_absent())
      continue;
    const Value& go = facts.value({"go.tool", seen.slot.key, "go", ""});
    out.push_back({Severity::warning,
                   fmt::format("{} has no LC_UUID, it was built with Go {}: it may lose the local "
                               "network, and not start with cgo",
                               seen.slot.key, dsl::to_text(go)),
                   "install it anew with Go 1.24 or newer"});
  }
}

/// gopol's own link, where nobody ever asked for it; questions that only it can answer.
bool is_of_no_interest(const Observation& seen, const engine::Facts& facts) {
  if (seen.slot.family != "go.toolchain") return false;
  if (seen.slot.key != "default") return seen.value.is_unknown();
  return facts.value({"go.toolchain", "default", "version", ""}).is_absent();
}

void add_observed(const Observation& seen, const dsl::Schemas& schemas, std::vector<Ailment>& out) {
  const std::string name = dsl::to_text(seen.slot);
  for (const std::string& finding : seen.findings)
    out.push_back({Severity::warning, fmt::format("{}: {}", name, finding), ""});
  for (const engine::Elsewhere& place : seen.elsewhere) {
    const bool told = !place.value.is_unknown();
    if (!told && place.origin.empty() && !engine::is_written(seen)) continue;
    out.push_back({told ? Severity::warning : Severity::note,
                   fmt::format("{}: {}", name, engine::force_text(seen, place)), ""});
  }
  if (auto wrong = refused(seen, schemas)) out.push_back(std::move(*wrong));
  const auto* unknown = seen.value.as<dsl::Unknown>();
  if (unknown == nullptr || is_only_on_a_mac(seen.value)) return;
  if (seen.slot.family == "go.env" && !seen.origin.empty()) {
    out.push_back({Severity::error, fmt::format("{}: {}", name, unknown->reason), unknown->remedy});
    return;
  }
  out.push_back({Severity::note, fmt::format("{} cannot be known: {}", name, unknown->reason),
                 unknown->remedy});
}

bool is_older(const dsl::Version& version, const std::string& than) {
  return compare(version, dsl::Version{than, dsl::VersionScheme::apple}) < 0;
}

}  // namespace

std::vector<Ailment> ailments(const engine::Facts& facts, const dsl::Schemas& schemas,
                              const Host& host) {
  std::vector<Ailment> out;
  add_checks(facts, host, out);
  add_root(facts, host, out);
  for (Ailment& one : exported_ailments(facts, host)) out.push_back(std::move(one));
  add_targets(facts, host, out);
  add_homebrew(facts, out);
  add_tools(facts, host, out);
  for (const Observation& seen : facts.all()) {
    if (is_of_no_interest(seen, facts)) continue;
    if (seen.slot.family == "brew.formula" && !seen.findings.empty() &&
        facts.value({"brew.install", "", "arch", ""}) == Value("x86_64") &&
        seen.slot.attribute == "exists") {
      continue;  // said of Homebrew as a whole
    }
    add_observed(seen, schemas, out);
  }
  return out;
}

void address_to_user(std::vector<Ailment>& ailments, const Host& host) {
  const auto takes_sudo = [](const Ailment& one) { return one.mend.starts_with("`sudo "); };
  if (!is_mac(host) || std::none_of(ailments.begin(), ailments.end(), takes_sudo) ||
      !(is_administrator(host) == Value(false)))
    return;
  for (Ailment& one : ailments) {
    if (takes_sudo(one))
      one.mend = "ask an administrator of this Mac, which this user is not, for " + one.mend;
  }
}

std::vector<Ailment> aged_system(const engine::Facts& facts, const lint::Knowledge& knowledge) {
  const auto* version = facts.value({"os", "", "version", ""}).as<dsl::Version>();
  if (version == nullptr || !(facts.value({"os", "", "family", ""}) == Value("macos"))) return {};
  for (const lint::MacRelease& one : knowledge.macs) {
    const bool is_it =
        !is_older(*version, one.version) && (one.end.empty() || is_older(*version, one.end));
    if (is_it && !one.updates)
      return {{Severity::warning,
               fmt::format("macOS {} ({}) gets no more security updates", version->text, one.name),
               "System Settings, General, Software Update"}};
  }
  return {};
}

}  // namespace gopol::providers
