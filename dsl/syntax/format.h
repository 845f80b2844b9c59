#pragma once

#include <string>

#include "dsl/syntax/tree.h"

namespace gopol::dsl {

/// The one way to write this policy (LANGUAGE section 10). Broken items are copied as they are.
/// format(parse(format(t))) == format(t), no comment is lost, and the meaning is the same.
std::string format(const Tree& tree);

}  // namespace gopol::dsl
