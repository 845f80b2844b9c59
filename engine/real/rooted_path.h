#pragma once

#include <string>

#include "dsl/value/path.h"
#include "dsl/value/result.h"

namespace gopol::engine {

/// A machine's path and where it lies on the real disk.
struct Place {
  dsl::Path path;    ///< as the machine sees it, links followed
  std::string real;  ///< root prefix and path
  bool exists = false;
};

/// `own_…`: a link on the way that neither root nor this user made is an error.
enum class Follow { all_links, not_the_last, own_links, own_not_the_last };

/// Follows `path` component by component inside `root` (empty: the real machine): absolute links
/// begin again at the root, `..` stops there. Errors: more than 40 links, a folder we may not
/// search, another user's link (Follow::own_…).
dsl::Result<Place> place(const std::string& root, const dsl::Path& path, Follow follow);

/// R4002 `cannot <verb> <path>: <the system's reason>`.
dsl::Diagnostic disk_problem(std::string_view verb, const dsl::Path& path, int error,
                             std::string help = {});

}  // namespace gopol::engine
