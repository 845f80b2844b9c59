#include "providers/machine/rosetta.h"

#include <fmt/format.h>

#include <chrono>

#include "providers/machine/os.h"
#include "providers/read/mac.h"
#include "providers/read/program.h"
#include "providers/read/reading.h"
#include "providers/read/slot_provider.h"

namespace gopol::providers {
namespace {

using engine::FileStatus;

constexpr int first_without_rosetta =
    28;  // announced for nearly everything; macos-truth, section 2

dsl::Schema rosetta_schema() {
  dsl::Schema out;
  out.family = "os.rosetta";
  out.demands.needs_root = out.demands.irreversible = true;
  out.doc = "Rosetta 2, which runs x86_64 programs on Apple silicon; an Intel Mac has none";
  out.existence = true;
  return out;
}

dsl::Value is_installed(const Host& host) {
  if (!is_apple_silicon(host)) return false;
  const auto status = host.disk().stat_target(dsl::Path(rosetta_runtime));
  if (!status) return unknown(status.error());
  return status->type == FileStatus::Type::regular;
}

Observation read_rosetta(const Slot& slot, const Host& host) {
  return {.slot = slot,
          .value = is_installed(host),
          .origin = is_apple_silicon(host) ? rosetta_runtime : ""};
}

class RosettaProvider final : public SlotProvider<Alone<read_rosetta>> {
 public:
  RosettaProvider() : SlotProvider(rosetta_schema()) {}

  dsl::Result<engine::Prepared> prepare(const Change& change, const Host& host) const override {
    const engine::Assignment* exists = change.find("exists");
    if (exists != nullptr && exists->to == dsl::Value(false)) {
      return dsl::problem("R4002", "nothing removes Rosetta 2; gopol only verifies its absence",
                          "say it in a `warn` rule");
    }
    if (!is_apple_silicon(host)) {
      return dsl::problem("R4002", "this machine needs no Rosetta 2 and cannot have it",
                          "guard the rule: `when os.family == macos and cpu.arch == arm64`");
    }
    if (macos_number(host) >= first_without_rosetta) {
      return dsl::problem("R4002", "macOS 28 and later have no Rosetta 2 for developer tools",
                          "take the rule away, and use programs for arm64");
    }
    engine::Prepared out;
    out.writes.push_back({dsl::Path(rosetta_runtime), true});
    out.demands.needs_root = out.demands.irreversible = true;
    out.note = "softwareupdate agrees to Apple's licence and needs the network";
    return out;
  }

  std::optional<engine::Guide> guide(const engine::Slot&, const dsl::Allowed&,
                                     const Host& host) const override {
    if (!is_apple_silicon(host) || macos_number(host) >= first_without_rosetta) return {};
    return engine::Guide{
        {"Run `sudo /usr/sbin/softwareupdate --install-rosetta --agree-to-license`"}};
  }

  dsl::Result<dsl::Done> apply(const Change&, Host& host) const override {
    if (is_installed(host) == dsl::Value(true)) return dsl::Done{};
    // Without the second flag it waits for an answer. Its status is no proof: the file is.
    auto ran = run_program(
        {.argv = {"/usr/sbin/softwareupdate", "--install-rosetta", "--agree-to-license"},
         .deadline = std::chrono::minutes(15),
         .user = root_user},
        host);
    if (is_installed(host) == dsl::Value(true)) return dsl::Done{};
    if (!ran) {
      auto why = ran.error();
      if (why.front().help.empty())
        why.front().help = "Apple's servers refuse it at times: try again in a few minutes";
      return why;
    }
    return dsl::problem(
        "R4002", fmt::format("softwareupdate ended well, but there is no {}", rosetta_runtime));
  }

  dsl::Result<engine::Foresight> rehearse(const Change&, Host& copy) const override {
    const auto done = copy.disk().replace(dsl::Path(rosetta_runtime), "", {.mode = 0755});
    if (!done) return done.error();
    return engine::Foresight::all;
  }
};

}  // namespace

std::unique_ptr<engine::Provider> rosetta_provider() { return std::make_unique<RosettaProvider>(); }

}  // namespace gopol::providers
