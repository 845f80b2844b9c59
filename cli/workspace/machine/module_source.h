#pragma once

#include <string>
#include <vector>

#include "cli/workspace/options.h"
#include "cli/workspace/workspace.h"
#include "providers/go/module/module_route.h"

namespace gopol::cli {

/// The folder that is meant where none is named: the working folder, of a recorded machine the
/// home.
dsl::Path folder_here(const Workspace& workspace);

/// The patterns that a policy's rules name, wherever they apply: what one team calls private is
/// private.
std::vector<std::string> private_patterns(const dsl::Policy& policy);

/// The way that go takes to a module here, and what could not be looked at.
struct ModuleSource {
  providers::go::ModuleRoute route;
  std::vector<std::string> notes;
};

/// For the module that the second argument names; what the policy calls private is private. Errors:
/// those of module_route, and of a policy that was named.
dsl::Result<ModuleSource> module_source(const Options& options, Workspace& workspace);

}  // namespace gopol::cli
