#pragma once

#include <string_view>

#include "providers/shell/shells.h"

namespace gopol::providers::shell {

/// The variable that a line of a profile sets or removes; empty if none shows. Only plain lines are
/// understood: `NAME=...`, `export NAME=...`, `unset NAME`, `set -gx NAME ...`.
std::string_view variable_set_by(Shell shell, std::string_view line);

}  // namespace gopol::providers::shell
