#pragma once

#include <string>
#include <string_view>

namespace gopol::providers::go {

/// Why go takes no such module path, in its own words; empty: it does.
/// Source: golang.org/x/mod/module.CheckPath.
std::string malformed_path(std::string_view path);

/// What go knows of a path before it asks the host: of the big forges, and of a path that names its
/// version control (`x.example/y.git`). Source: cmd/go/internal/vcs.vcsPaths.
struct KnownRepository {
  std::string root;   ///< github.com/acme/lib; empty: the host has to be asked
  std::string vcs;    ///< git, hg, svn, bzr, fossil
  std::string error;  ///< why go would ask nobody: no such path can be at that forge
};
/// `minor` of the Go that asks, 0 if it is not known: 1.27 forgot Bazaar.
KnownRepository known_repository(std::string_view path, int minor);

}  // namespace gopol::providers::go
