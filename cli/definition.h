#pragma once

#include <string_view>

#include "cli/workspace/options.h"

namespace CLI {
class App;
}  // namespace CLI

namespace gopol::cli {

/// Tells `app` which commands there are and what each can be told; it fills `options`. Of the
/// command `first` alone, if there is such a one.
void define_options(CLI::App& app, std::string_view first, Options& options);

}  // namespace gopol::cli
