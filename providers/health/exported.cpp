#include "providers/health/exported.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace gopol::providers {
namespace {

using dsl::Severity;
using engine::Host;
using engine::Observation;

/// Why go stops at an entry of GOPATH; nothing: it takes it.
std::optional<std::string_view> refused_entry(std::string_view entry) {
  if (entry.starts_with('~')) return "go takes no `~` in it: every build and `go get` fails";
  if (!entry.empty() && !entry.starts_with('/'))
    return "it is not an absolute path: every build and `go get` fails";
  return {};
}

std::optional<std::string_view> refused_by_go(const Host& host, std::string_view name,
                                              const std::string& value) {
  if (value.empty()) return {};
  if (name == "GOROOT") {
    const bool fits = value.starts_with('/') && holds_go(host, dsl::Path(value));
    return fits ? std::nullopt
                : std::optional<std::string_view>("no Go is there: every go command fails");
  }
  if (name == "GOBIN" && !value.starts_with('/'))
    return "it is not an absolute path: `go install` fails";
  if (name != "GOPATH") return {};
  for (std::size_t from = 0; from <= value.size();) {
    const std::size_t end = std::min(value.find(':', from), value.size());
    if (const auto why = refused_entry(std::string_view(value).substr(from, end - from)))
      return why;
    from = end + 1;
  }
  return {};
}

}  // namespace

bool holds_go(const Host& host, const dsl::Path& root) {
  const auto status = host.disk().stat_target(root / "pkg/tool");
  return status && status->type == engine::FileStatus::Type::folder;
}

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
                   fmt::format("take the line out of {}", seen.origin)});
  }
  return out;
}

}  // namespace gopol::providers
