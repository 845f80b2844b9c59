#pragma once

namespace gopol::engine {

/// Gives `to` the extended attributes (ACLs too) of `from`; both are open files. 0 or an errno.
/// What this process may not set (`security.*`, `trusted.*`) is left out, as cp(1) does.
int copy_xattrs(int from, int to);

}  // namespace gopol::engine
