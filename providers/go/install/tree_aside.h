#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/plan/provider.h"

namespace gopol::providers::go {

/// A Go that goes is moved aside, not deleted: it stays in its folder under a name that begins with
/// a dot, and so do the files of /etc/paths.d that name it alone, beside it. So it can come back as
/// it was.

/// Where the tree at `path` is kept.
dsl::Path aside_of(const dsl::Path& path);

/// Looks whether the tree may go. Errors (R4002): it is no Go; it belongs to a package manager,
/// with what a person must do; gopol's link leads to it; something is kept aside already.
dsl::Result<engine::Prepared> prepare_aside(const dsl::Path& path, const engine::Host& host);
dsl::Result<dsl::Done> move_aside(const dsl::Path& path, engine::Host& host);

/// What a tree that lies aside under this name was called; nullopt: none does.
std::optional<std::string> name_of_aside(std::string_view name);

/// The tree of `path` that is kept, and the files beside it; none if none is.
std::vector<dsl::Path> kept_aside_of(const dsl::Path& path, const engine::Host& host);

/// Errors (R4002): nothing is kept, or another is in its place.
dsl::Result<engine::Prepared> prepare_return(const dsl::Path& path, const engine::Host& host);
dsl::Result<dsl::Done> move_back(const dsl::Path& path, engine::Host& host);

}  // namespace gopol::providers::go
