#include "providers/machine/session.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "engine/encoding/sha256.h"
#include "providers/read/context_provider.h"
#include "providers/read/fact_schema.h"
#include "providers/read/reading.h"

namespace gopol::providers {
namespace {

using engine::Host;
using engine::Observation;
using engine::Slot;

constexpr std::chrono::seconds reach_deadline{3};
constexpr std::uint32_t rings = 100;

dsl::Value read_user(const std::string& attribute, const Host& host) {
  if (attribute == "home") return host.system().user().home;
  std::string text = attribute == "name" ? host.system().user_name() : host.system().user_shell();
  if (text.empty()) return dsl::Unknown{"no account database names this user", ""};
  if (attribute == "name") return text;
  return dsl::Path(text);
}

/// A hash, so that a recorded fact does not tell which machine it came from.
dsl::Value machine_id(const Host& host) {
  if (host.system().platform() == "macos") {
    const auto uuid =
        host.system().sysctl("kern.uuid");  // unverified: whether it is stable over updates
    if (!uuid) return dsl::Unknown{"sysctl kern.uuid gave no answer", ""};
    return engine::sha256("gopol machine " + *uuid);
  }
  const FileText id = read_text(host, dsl::Path("/etc/machine-id"));
  if (!id.there) return id.why_not;
  return engine::sha256("gopol machine " + first_line(id.text));
}

/// 0 to 99, fixed for a machine: policies widen by it.
dsl::Value ring(const Host& host) {
  const dsl::Value id = machine_id(host);
  const auto* hash = id.as<std::string>();
  if (hash == nullptr) return id;
  std::uint32_t number = 0;
  for (const char c : hash->substr(0, 7)) {
    number = number * 16 + static_cast<std::uint32_t>(c <= '9' ? c - '0' : c - 'a' + 10);
  }
  return static_cast<std::int64_t>(number % rings);
}

/// The value after `KEY: ` of a tool's answer.
std::optional<std::string_view> answer(std::string_view text, std::string_view key) {
  const std::string prefix = fmt::format("{}: ", key);
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    if (line.starts_with(prefix)) return line.substr(prefix.size());
  }
  return {};
}

/// Only a program tells; see profiles(1). On Linux there is no MDM.
dsl::Value managed(const Host& host) {
  if (host.system().platform() != "macos") return false;
  engine::Command command;
  command.argv = {"/usr/bin/profiles", "status", "-type", "enrollment"};
  const auto output = host.programs().query(command);
  if (!output) return unknown(output.error());
  const auto enrolled = answer(output->out, "MDM enrollment");
  if (!enrolled)
    return dsl::Unknown{"profiles status did not say whether this Mac is enrolled", ""};
  return enrolled->starts_with("Yes");
}

dsl::Value read_machine(const std::string& attribute, const Host& host) {
  if (attribute == "id") return machine_id(host);
  if (attribute == "ring") return ring(host);
  if (attribute == "managed") return managed(host);
  return host.system().host_name();
}

/// A family whose every attribute `read` knows by its name.
std::unique_ptr<engine::Provider> named_facts(dsl::Schema schema,
                                              dsl::Value (*read)(const std::string&, const Host&)) {
  return context_provider(std::move(schema),
                          [read](const Slot& slot, const Host& host) -> Observation {
                            return {.slot = slot, .value = read(slot.attribute, host)};
                          });
}

}  // namespace

std::unique_ptr<engine::Provider> user_provider() {
  return named_facts(context("user", "whose settings are managed",
                             {fact("home", path(), "the home folder"),
                              fact("name", text(), "the account's short name"),
                              fact("shell", path(), "the login shell")}),
                     read_user);
}

std::unique_ptr<engine::Provider> machine_provider() {
  return named_facts(
      context(
          "machine", "which machine",
          {fact("id", text(), "a hash that stays with the machine"),
           fact("managed", boolean(), "enrolled in an MDM; macOS asks profiles(1)"),
           fact("name", text(), "its host name"),
           fact("ring", integer(), "0 to 99, from its id: for policies that widen step by step")}),
      read_machine);
}

std::unique_ptr<engine::Provider> run_provider() {
  return context_provider(
      context("run", "this run", {fact("date", date(), "today, UTC")}),
      [](const Slot& slot, const Host& host) -> Observation {
        const auto since =
            std::chrono::floor<std::chrono::days>(host.system().now()).time_since_epoch();
        return {.slot = slot, .value = dsl::date_from_days(since.count())};
      });
}

std::unique_ptr<engine::Provider> label_provider(Labels labels) {
  dsl::Schema schema = context("label", "what gopol.toml says of this machine", {});
  return context_provider(
      std::move(schema),
      [labels = std::move(labels)](const Slot& slot, const Host&) -> Observation {
        const auto at = labels.find(slot.attribute);
        if (at == labels.end()) return {.slot = slot, .value = dsl::Absent{}};
        return {.slot = slot, .value = at->second, .origin = "gopol.toml"};
      });
}

std::unique_ptr<engine::Provider> network_provider() {
  dsl::AttributeSchema reaches =
      fact("reaches", boolean(), "whether a TCP and TLS connection comes about");
  reaches.indexed = true;
  reaches.unknowable = true;
  return context_provider(
      context("network", "the network, asked only where a policy names it", {reaches}),
      [](const Slot& slot, const Host& host) -> Observation {
        return {.slot = slot, .value = host.network().reaches(slot.index, reach_deadline)};
      });
}

}  // namespace gopol::providers
