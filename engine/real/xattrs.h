#pragma once

#include <vector>

#include "engine/host/host.h"

namespace gopol::engine {

/// The extended attributes (ACLs too) of an open file, by name: those that this process may read.
std::vector<Xattr> xattrs_of(int file);

/// Both answer 0 or an errno. What this process may not set or remove (`security.*`, `trusted.*`)
/// is left as it is, as cp(1) does.
int give_xattrs(int file, const std::vector<Xattr>& want);  ///< others stay
int set_xattrs(int file, const std::vector<Xattr>& want);   ///< others go, the inherited ACL too

}  // namespace gopol::engine
