#pragma once

#include <string>

#include "cli/workspace/options.h"
#include "cli/workspace/workspace.h"

namespace gopol::cli {

/// T6001: what an unsigned policy may never do: make programs run its code, or touch root's files.
/// What root itself could write to is root's, but for root's own home. Root, and who has a recorded
/// machine, may touch them all the same with `--unsigned`.
dsl::Diagnostics forbidden_unsigned(const engine::Planned& planned, const Options& options,
                                    const Workspace& workspace);

/// Whether this process may do what needs root.
bool is_root();

/// Who makes what needs root.
enum class RootWay {
  here,     ///< this process: it is root, or the machine is a recorded one
  sudo,     ///< what sudo starts once a password is right
  started,  ///< `--as`: what this process started while it was root
  nobody,   ///< it waits for an administrator
};
struct RootRight {
  RootWay way = RootWay::nobody;
  std::string why;  ///< of nobody
};
RootRight root_right(const Options& options, const Workspace& workspace);

}  // namespace gopol::cli
