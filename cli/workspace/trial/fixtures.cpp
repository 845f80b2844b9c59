#include "cli/workspace/trial/fixtures.h"

#include <sys/stat.h>

#include <utility>

#include "cli/workspace/policy_file.h"
#include "cli/workspace/policy_origin.h"
#include "cli/workspace/snapshot.h"
#include "engine/recorded/recorded_host.h"

namespace gopol::cli {

dsl::Result<engine::Fixture> Fixtures::read(const dsl::Path& path) {
  struct stat status {};
  engine::Fixture out;
  if (::stat(path.text.c_str(), &status) == 0 && S_ISDIR(status.st_mode)) {
    engine::RecordedOptions recorded;
    recorded.net = net_settings(workspace_.config);
    auto host = engine::recorded_host(path, recorded, workspace_.sources);
    if (!host) return host.error();
    hosts_.push_back(std::make_unique<engine::Host>(std::move(*host)));
    out.host = hosts_.back().get();
    return out;
  }
  auto facts = read_snapshot(path.text, workspace_.schemas);
  if (!facts) return facts.error();
  out.facts = std::move(*facts);
  return out;
}

dsl::Result<const engine::Fixture*> Fixtures::of(const dsl::TestCase& test) {
  static const engine::Fixture none;
  if (test.fixture.empty()) return &none;
  const std::string policy(workspace_.sources.name(test.span.source));
  const dsl::Path path = absolute(policy).parent() / test.fixture;
  const auto known = read_.find(path.text);
  if (known != read_.end()) return &known->second;
  const auto stays = stays_in_repository(policy, path);
  auto fixture = stays ? read(path) : stays.error();
  if (!fixture) {
    dsl::Diagnostics errors = fixture.error();
    for (dsl::Diagnostic& error : errors) {
      if (!error.primary) error.primary = dsl::Label{test.fixture_span, "named here"};
    }
    return errors;
  }
  return &read_.emplace(path.text, std::move(*fixture)).first->second;
}

}  // namespace gopol::cli
