#pragma once

#include "cli/terminal/exit_code.h"
#include "cli/workspace/options.h"

namespace gopol::cli {

/// Options, or an exit code after help or a usage error was printed.
struct Parsed {
  Options options;
  bool run = false;
  Exit exit = Exit::clean;
};

Parsed parse_options(int argc, char** argv);

}  // namespace gopol::cli
