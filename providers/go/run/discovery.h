#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "providers/go/run/go_tree.h"

namespace gopol::providers::go {

/// One Go of this machine.
struct FoundGo {
  dsl::Path path;      ///< its GOROOT, as its installer names it
  std::string origin;  ///< who put it there: one of `origins()`
  GoTree tree;
};

/// archive, pkg, brew, goenv, asdf, mise, sdk (golang.org/dl), g, gvm, gotoolchain, distribution,
/// gopol.
std::vector<std::string> origins();

/// Every Go at the places where the usual installers put one, sorted by path; no program is
/// started. A tree that is reached by two names is listed once; a link is listed as what it leads
/// to.
std::vector<FoundGo> find_toolchains(const engine::Host& host);

/// Who put the tree at `path` there, from its place; `archive` if nobody is known.
std::string origin_of(const dsl::Path& path, const engine::Host& host);

/// Where gopol keeps its own trees.
dsl::Path own_trees(const engine::System& system);

}  // namespace gopol::providers::go
