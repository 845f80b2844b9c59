#pragma once

#include <string>
#include <vector>

#include "providers/go/module/module_route.h"

namespace gopol::cli {

/// Where a module comes from: the answer on one line, the settings and steps in order, then which
/// public servers learn a path that looks private.
std::string why_module_text(const providers::go::ModuleRoute& route,
                            const std::vector<std::string>& notes);

/// The same as one JSON document.
std::string why_module_json(const providers::go::ModuleRoute& route,
                            const std::vector<std::string>& notes);

}  // namespace gopol::cli
