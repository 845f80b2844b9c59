#pragma once

#include <string>
#include <vector>

#include "providers/shell/session/session.h"

namespace gopol::providers::shell {

/// The words inside `[[ … ]]` (`patterns`: the right side of `==` is one), or inside `[ … ]`.
/// Source: test(1), bash(1) CONDITIONAL EXPRESSIONS, zshmisc(1).
Truth condition(Session& session, const std::vector<std::string>& words, bool patterns);

}  // namespace gopol::providers::shell
