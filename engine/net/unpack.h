#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "dsl/value/result.h"

namespace gopol::engine::net {

/// The next bytes of an archive; empty at its end.
using NextBytes = std::function<dsl::Result<std::string_view>()>;

/// Why unpacking ended early, if it did.
struct Unpacking {
  std::optional<dsl::Diagnostic> trouble;
  bool is_the_archive = false;  ///< its content is wrong: not the network, not the disk
};

/// Unpacks a tar.gz as it comes below `folder`, an existing one of our own. Only what lies below
/// `go/` is accepted: files, folders, links that stay inside; modes 0755 and 0644, no owner; at
/// most 100,000 entries and 3 GiB. Leaves the process in the folder `/`.
Unpacking unpack(const NextBytes& next, const std::string& folder);

}  // namespace gopol::engine::net
