#pragma once

#include "dsl/policy/schema.h"
#include "dsl/value/value.h"

namespace gopol::dsl {

/// Whether a value has the form that a type asks for. A word need not be one that the type lists: a
/// fact may say what no policy can assert (an architecture of long ago). What is absent or unknown
/// has no type: false.
bool is_of_type(const Value& value, const Type& type);

/// Whether a fact of the type may be seen as this value: of it, absent, unknown, or the text that
/// stands where a chain, a list, a set or a path should and is none (Go keeps what it does not
/// understand).
bool may_be_observed(const Value& value, const Type& type);

}  // namespace gopol::dsl
