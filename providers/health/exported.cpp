#include "providers/health/exported.h"

#include <fmt/format.h>

#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "providers/go/env/env_validate.h"
#include "providers/go/env/env_variables.h"
#include "providers/go/run/go_tree.h"

namespace gopol::providers {
namespace {

using dsl::Severity;
using engine::Host;
using engine::Observation;

/// Why no go runs, or not as whoever wrote it believes; nothing: go takes it.
std::optional<std::string> refused_by_go(const Host& host, std::string_view name,
                                         const std::string& value) {
  if (value.empty()) return {};
  if (name == "GOROOT") {
    if (value.starts_with('/') && go::holds_go(host, dsl::Path(value))) return {};
    return "no Go is there: every go command fails";
  }
  const go::EnvVariable* variable = go::find_env_variable(name);
  if (variable == nullptr) return {};
  const auto why = go::refusal_of(*variable, go::value_of(*variable, value), 0);
  return why ? std::optional("go refuses it: " + why->message.text()) : std::nullopt;
}

}  // namespace

std::vector<Ailment> exported_ailments(const engine::Facts& facts, const Host& host) {
  std::vector<Ailment> out;
  std::set<std::string> told;  // a line that both sessions run is told once
  for (const Observation& seen : facts.all()) {
    if (seen.slot.family != "session") continue;
    const auto* value = seen.value.as<std::string>();
    if (value == nullptr) continue;
    const auto why = refused_by_go(host, seen.slot.key, *value);
    if (!why || !told.insert(fmt::format("{} {}", seen.slot.key, seen.origin)).second) continue;
    out.push_back({Severity::error,
                   fmt::format("{} exports {} as {}: {}", seen.origin, seen.slot.key, *value, *why),
                   fmt::format("take the line out of {}", seen.origin), false, "", seen.slot});
  }
  return out;
}

}  // namespace gopol::providers
