#pragma once

#include <map>
#include <memory>
#include <string>

#include "cli/workspace/workspace.h"
#include "engine/trial/trial.h"

namespace gopol::cli {

/// The fixtures of a policy's tests, each read once: a snapshot of `gopol facts --record`, or the
/// folder of a recorded machine, beside the policy that names it.
class Fixtures {
 public:
  explicit Fixtures(Workspace& workspace) : workspace_(workspace) {}

  /// Errors: what is wrong with the file or folder, shown where the test names it.
  dsl::Result<const engine::Fixture*> of(const dsl::TestCase& test);

 private:
  dsl::Result<engine::Fixture> read(const dsl::Path& path);

  Workspace& workspace_;
  std::map<std::string, engine::Fixture> read_;
  std::vector<std::unique_ptr<engine::Host>> hosts_;
};

}  // namespace gopol::cli
