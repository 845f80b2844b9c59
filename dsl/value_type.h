#pragma once

#include "dsl/schema.h"
#include "dsl/value.h"

namespace gopol::dsl {

/// Whether a value has the form that a type asks for. A word need not be one that the type lists: a
/// fact may say what no policy can assert (an architecture of long ago). What is absent or unknown
/// has no type: false.
bool is_of_type(const Value& value, const Type& type);

}  // namespace gopol::dsl
