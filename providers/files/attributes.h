#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "engine/plan/provider.h"

namespace gopol::providers::files {

/// The two attributes that files and folders share, as a policy writes them.
dsl::AttributeSchema mode_attribute();
dsl::AttributeSchema owner_attribute();

/// Permission bits as four octal digits: `0644`.
std::string mode_text(std::uint32_t mode);
std::optional<std::uint32_t> parse_mode(std::string_view text);

/// The name of a user, from this session and /etc/passwd; its number if nobody names it.
std::string owner_name(std::uint32_t uid, const engine::Host& host);
/// The number of a user given by name or number. Errors: no such user; a number that has a name.
dsl::Result<std::uint32_t> owner_number(const std::string& name, const engine::Host& host);

/// What a change wants of mode and owner: what it moves, and for a new file all that is asserted.
dsl::Result<engine::Attributes> wanted_attributes(const engine::Change& change, bool is_new,
                                                  const engine::Host& host);

/// Whether giving it that owner takes root, for a file of `status` (absent: the user's own).
bool owner_needs_root(const engine::Attributes& want, const engine::FileStatus& status,
                      const engine::Host& host);

}  // namespace gopol::providers::files
