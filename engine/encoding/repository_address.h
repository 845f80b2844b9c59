#pragma once

#include <string>
#include <string_view>

namespace gopol::engine {

/// An address without what may be spelled in several ways: scheme, user and password, the scheme's
/// own port, letter case of the host, `%` escapes, `//`, `.`, `..`, a `/` or `.git` at the end,
/// query and fragment. `git@host:path`, `ssh://host/path` and `https://host/path` are one; a folder
/// of this machine begins with `/`, and its `.git` is the folder.
std::string canonical_repository(std::string_view url);

/// The same of a path inside a repository: without `.`, `..` and needless `/`.
std::string canonical_path(std::string_view path);

}  // namespace gopol::engine
