#pragma once

#include <optional>
#include <string_view>

#include "engine/plan/provider.h"

namespace gopol::providers {

/// `DevToolsSecurity -status`: `Developer mode is currently enabled.`; nothing: it says neither.
std::optional<bool> parse_developer_mode(std::string_view printed);

/// Whether the user is a member, by `dscl -plist . -read /Groups/_developer GroupMembership`. A
/// group without members has no such list. Nothing: it is no answer.
std::optional<bool> parse_membership(std::string_view plist, std::string_view user);

/// A program answers both: their files are root's.
dsl::Value developer_mode(const engine::Host& host);
dsl::Value is_developer(const engine::Host& host);

/// Whether the user may use sudo as macOS ships it: by the group `admin`, root always. Groups in
/// groups are not looked at.
dsl::Value is_administrator(const engine::Host& host);

/// The debugserver that Delve would start, in its order; PATH is not looked through.
/// Source: Delve's pkg/proc/gdbserial, documented in its installation notes for macOS.
dsl::Value debugserver(const engine::Host& host);

}  // namespace gopol::providers
