#pragma once

#include "dsl/check/names.h"

namespace gopol::dsl::checking {

/// Adds a `test` block. Its facts are noted in the policy after those that machines are asked for.
/// Reports P2009 for a title that is taken or a rule that is not there, P2016 for a test that
/// expects nothing, and what facts and conditions report.
void read_test(Test view, const Scope& file, Names& names, Context& context);

}  // namespace gopol::dsl::checking
