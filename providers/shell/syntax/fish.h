#pragma once

#include <string_view>

#include "providers/shell/syntax/tree.h"

namespace gopol::providers::shell {

/// What `parse_script` does for fish, whose grammar is its own. Bodies of blocks are sequences; the
/// words of a function are its name and the options behind it. A pipe into `source` stays a pipe.
/// Source: fish-language(1).
Script parse_fish(std::string_view text);

}  // namespace gopol::providers::shell
