#include "cli/command/commands.h"
#include "cli/command/take_back.h"

namespace gopol::cli {

Exit undo_command(const Options& options) { return take_back(options, undo_choice, false); }

}  // namespace gopol::cli
