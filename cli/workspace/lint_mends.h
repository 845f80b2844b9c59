#pragma once

#include <string>

#include "dsl/value/diagnostic.h"

namespace gopol::cli {

/// What mends a lint's finding on a machine, where nobody can be told to write a policy otherwise.
std::string mend_of(const dsl::Diagnostic& lint);

}  // namespace gopol::cli
