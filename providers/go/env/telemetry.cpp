#include "providers/go/env/telemetry.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <utility>

#include "providers/files/place.h"
#include "providers/go/env/env.h"
#include "providers/read/fact_schema.h"
#include "providers/read/go_text.h"
#include "providers/read/reading.h"
#include "providers/read/slot_provider.h"

namespace gopol::providers::go {
namespace {

constexpr const char* modes[] = {"off", "local", "on"};

dsl::Schema telemetry_schema() {
  dsl::Schema out = family("go.telemetry", "what Go counts about its own use, since Go 1.23");
  out.attributes = {may_be_unknown(
      writable("mode", providers::word({modes[0], modes[1], modes[2]}),
               "`local`, the default: counted and kept here; `on`: sent to Google as well"))};
  return out;
}

Path mode_file(const Host& host) {
  return user_env_file(host.system()).parent() / "telemetry/mode";
}

engine::Observation read_mode(const engine::Slot& slot, const Host& host) {
  const Path path = mode_file(host);
  const FileText file = read_text(host, path);
  engine::Observation out{.slot = slot, .value = file.why_not, .origin = path.text};
  if (file.there) {
    const std::string mode = telemetry_mode(file.text);
    const bool is_mode = std::find(std::begin(modes), std::end(modes), mode) != std::end(modes);
    out.value = is_mode ? Value(mode)
                        : Value(dsl::Unknown{fmt::format("`{}` says `{}`, which is no mode of go",
                                                         path.text, mode),
                                             "run `go telemetry local`"});
  } else if (file.why_not.is_absent()) {
    out.value = "local";
    out.origin = "built-in default";
    out.inherited = true;
  }
  return out;
}

/// As `go telemetry` writes it: the mode and the day it is chosen, which counts for `on`.
std::string mode_text(const std::string& mode, const Host& host) {
  const auto today = std::chrono::floor<std::chrono::days>(host.system().now());
  return mode + " " + to_text(dsl::date_from_days(today.time_since_epoch().count()));
}

class TelemetryProvider final : public SlotProvider<Alone<read_mode>> {
 public:
  TelemetryProvider() : SlotProvider(telemetry_schema()) {}

  dsl::Result<engine::Prepared> prepare(const Change& change, const Host& host) const override {
    const auto* mode = change.find("mode");
    const auto* to = mode == nullptr ? nullptr : mode->to.as<std::string>();
    if (to == nullptr) return dsl::problem("R4002", "no mode is asked for");
    auto out = files::prepare_edit(
        {.path = mode_file(host), .bytes = mode_text(*to, host), .whole = true}, host.disk());
    // Written anew only for another mode: the day beside it is that of the choice.
    if (read_mode(mode->slot, host).value == mode->to) out.edits.clear();
    return out;
  }
};

}  // namespace

std::string telemetry_mode(std::string_view text) {
  const std::string_view all = trimmed(text);
  return std::string(all.substr(0, all.find(' ')));
}

std::unique_ptr<engine::Provider> telemetry_provider() {
  return std::make_unique<TelemetryProvider>();
}

}  // namespace gopol::providers::go
