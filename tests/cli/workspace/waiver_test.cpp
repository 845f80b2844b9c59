#include "cli/workspace/workspace.h"
#include "tests/catch.h"
#include "tests/providers/machine.h"

using namespace gopol;

TEST_CASE("a waiver holds on its last day, and has ended on the next") {
  tests::Machine machine;
  dsl::Policy policy;
  policy.rules.emplace_back();
  policy.rules.back().name = "r";
  dsl::Waiver waiver;
  waiver.until = {2026, 11, 23};
  policy.rules.back().waivers.push_back(std::move(waiver));
  const auto codes_on = [&](int later) -> std::string {
    using std::chrono::hours;
    cli::Workspace workspace;
    const int days = 20'780 + later;  // 2026-11-23 is day 20,780 since 1970
    machine.is.now = std::chrono::system_clock::time_point(hours(24 * days + 12));
    workspace.host = std::make_unique<engine::Host>(machine.host());
    workspace.providers = providers::standard_providers({}, {});
    workspace.schemas = engine::schemas_of(workspace.providers);
    dsl::Diagnostics warnings;
    cli::warn_of_expired_waivers(policy, workspace, warnings);
    return warnings.empty() ? "" : warnings.front().code;
  };
  CHECK(codes_on(0) == "");
  CHECK(codes_on(1) == "P3105");
}
