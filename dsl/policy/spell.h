#pragma once

#include <string>

#include "dsl/policy/schema.h"
#include "dsl/value/value.h"

namespace gopol::dsl {

/// A value as the language writes it: `1.22.2`, `"text"`, `["a", "b"]`, `[a | direct]`, a bare word
/// where the type lists it. `home`, if it is not empty, becomes `${user.home}`. Absent, Unknown and
/// secrets have no spelling: an empty text.
std::string spelled(const Value& value, const Type& type, const std::string& home = {});

/// A text in quotes, escaped.
std::string quoted(std::string_view text);

}  // namespace gopol::dsl
