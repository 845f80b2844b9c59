#include "cli/command/commands.h"
#include "cli/command/take_back.h"

namespace gopol::cli {
namespace {

dsl::Result<engine::UndoChoice> everything(const Options& options, const Workspace&) {
  engine::UndoChoice out;
  out.all = true;
  out.keep_trees = !options.purge;
  out.purge_aside = options.purge;
  return out;
}

}  // namespace

Exit leave_command(const Options& options) { return take_back(options, everything, true); }

}  // namespace gopol::cli
