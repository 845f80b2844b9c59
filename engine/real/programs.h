#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "engine/host/host.h"

namespace gopol::engine {

using Environment = std::vector<std::pair<std::string, std::string>>;

/// Starts programs of this machine: no inherited environment but HOME, USER and TMPDIR, no
/// inherited descriptors, a process group of their own that ends with the call.
std::unique_ptr<Programs> real_programs();

/// The small fixed environment that every program gets.
Environment real_environment();

/// A recorded machine's programs: argv[0] is looked up by its name in `tools`, and finds the
/// machine's disk in $GOPOL_ROOT.
std::unique_ptr<Programs> recorded_programs(const Path& tools, const Path& root,
                                            Environment environment);

}  // namespace gopol::engine
