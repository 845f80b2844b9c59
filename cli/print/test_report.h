#pragma once

#include <string>

#include "cli/terminal/terminal.h"
#include "cli/workspace/trial/suite.h"

namespace gopol::cli {

/// Each failed test with what is wrong, then how many passed and what they cover. `verbose`: those
/// that passed too, and the rules that apply in none.
std::string test_text(const Suite& suite, const dsl::SourceMap& sources, bool verbose,
                      const Terminal& terminal);

/// The same as JUnit's XML, for the pages of a code review.
std::string test_junit(const Suite& suite, const dsl::SourceMap& sources);

/// How many mutants were noticed, and a line for each that was not.
std::string mutation_text(const MutationScore& score, const dsl::SourceMap& sources);

}  // namespace gopol::cli
