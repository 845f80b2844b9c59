#include "providers/health/health.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

#include "dsl/policy/fit.h"
#include "dsl/value/version.h"
#include "engine/plan/facts.h"
#include "providers/go/run/go_tree.h"
#include "providers/health/developer_tools.h"
#include "providers/health/exported.h"
#include "providers/health/homebrew.h"
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
  bool takes_administrator;
  std::string_view policy;
};

const std::vector<Check>& checks() {
  using enum Severity;
  static const std::vector<Check> all = {
      {"cpu", "translated", true, warning,
       "this terminal runs under Rosetta 2: what it builds is amd64",
       "open one that does not: `arch -arm64 zsh`", false, ""},
      {"debug", "developer_mode", false, note,
       "developer mode is off: dlv asks for a password, and fails over ssh",
       "`sudo /usr/sbin/DevToolsSecurity -enable`", true, "debug { developer_mode = true }"},
      {"debug", "group", false, note,
       "this user is not in the group _developer: dlv asks for a password",
       "`sudo dscl . append /Groups/_developer GroupMembership $USER`", true,
       "debug { group = true }"},
      {"sip", "enabled", false, warning, "System Integrity Protection is off",
       "`gopol guide sip.enabled`", false, ""},
  };
  return all;
}

void add_checks(const engine::Facts& facts, const Host& host, Ailments& out) {
  if (!is_mac(host)) return;
  for (const Check& check : checks()) {
    const Observation* seen =
        facts.find({std::string(check.family), "", std::string(check.attribute), ""});
    if (seen == nullptr || !(seen->value == check.bad)) continue;
    out.push_back({check.severity, std::string(check.what), std::string(check.mend),
                   check.takes_administrator, std::string(check.policy)});
  }
}

/// A policy that takes a variable out of go/env; empty: of another family.
std::string without(const Slot& slot) {
  if (slot.family != "go.env") return {};
  return fmt::format("go.env {{ unset {} }}", std::string(slot.attribute));
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
      why->help.empty() ? fmt::format("change it in {}", seen.origin) : why->help.text(),
      false,
      without(seen.slot),
      seen.slot};
}

/// A GOROOT that is not there ends every go command, `go env -u` too.
void add_root(const engine::Facts& facts, const Host& host, Ailments& out) {
  const Observation* seen = facts.find({"go.env", "", "GOROOT", ""});
  const auto* root = seen != nullptr ? seen->value.as<dsl::Path>() : nullptr;
  if (root == nullptr || seen->inherited) return;
  if (go::holds_go(host, *root)) return;
  out.push_back(
      {Severity::error,
       fmt::format("go.env.GOROOT is {}, where no Go is: every go command fails", root->text),
       fmt::format("take the line out of `{}`: no go command can", seen->origin), false,
       without(seen->slot), seen->slot});
}

/// Every build is for another machine than this one, which nobody wants for good.
void add_targets(const engine::Facts& facts, const Host& host, Ailments& out) {
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
                   fmt::format("`go env -u {}`; set it for single builds", variable), false,
                   without(seen->slot)});
  }
}

/// Programs of a Go before 1.24, on the macOS that asks for LC_UUID. Source: golang/go#68678.
void add_tools(const engine::Facts& facts, const Host& host, Ailments& out) {
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

void add_observed(const Observation& seen, const dsl::Schemas& schemas, Ailments& out) {
  const std::string name = dsl::to_text(seen.slot);
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
    out.push_back({Severity::error, fmt::format("{}: {}", name, unknown->reason), unknown->remedy,
                   false, "", seen.slot});
    return;
  }
  out.push_back({Severity::note, fmt::format("{} cannot be known: {}", name, unknown->reason),
                 unknown->remedy});
}

/// What providers say beside a value, once where several slots of a thing say it.
void add_findings(const engine::Facts& facts, Ailments& out) {
  std::set<std::tuple<std::string, std::string, std::string>> said;
  const bool tools_fail = facts.value({"xcode.select", "", "usable", ""}) == Value(false);
  const bool all_for_intel = facts.value({"brew.install", "", "arch", ""}) == Value("x86_64");
  for (const Observation& seen : facts.all()) {
    if (is_of_no_interest(seen, facts)) continue;
    const std::string& family = seen.slot.family;
    if (family == "xcode.select" && tools_fail) continue;  // said as an error
    if (family == "brew.formula" && all_for_intel && seen.slot.attribute == "exists") continue;
    for (const std::string& finding : seen.findings) {
      if (said.insert({family, seen.slot.key, finding}).second)
        out.push_back(
            {Severity::warning, fmt::format("{}: {}", dsl::to_text(seen.slot), finding), ""});
    }
  }
}

bool is_older(const dsl::Version& version, const std::string& than) {
  return compare(version, dsl::Version{than, dsl::VersionScheme::apple}) < 0;
}

}  // namespace

Ailments ailments(const engine::Facts& facts, const dsl::Schemas& schemas, const Host& host) {
  Ailments out;
  add_checks(facts, host, out);
  add_developer_tools(facts, host, out);
  add_root(facts, host, out);
  for (Ailment& one : exported_ailments(facts, host)) out.push_back(std::move(one));
  add_targets(facts, host, out);
  add_homebrew(facts, host, out);
  add_tools(facts, host, out);
  add_findings(facts, out);
  for (const Observation& seen : facts.all()) {
    if (!is_of_no_interest(seen, facts)) add_observed(seen, schemas, out);
  }
  return out;
}

void address_to_user(Ailments& ailments, const Host& host) {
  const auto takes_sudo = [](const Ailment& one) { return one.takes_administrator; };
  if (!is_mac(host) || std::none_of(ailments.begin(), ailments.end(), takes_sudo) ||
      !(is_administrator(host) == Value(false)))
    return;
  for (Ailment& one : ailments) {
    if (one.takes_administrator)
      one.mend = "ask an administrator of this Mac, which this user is not, for " + one.mend;
  }
}

Ailments aged_system(const engine::Facts& facts, const lint::Knowledge& knowledge) {
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
