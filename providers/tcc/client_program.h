#pragma once

#include <string>
#include <vector>

#include "engine/host/host.h"
#include "providers/tcc/requirement.h"
#include "providers/tcc/requirement_match.h"

namespace gopol::providers::tcc {

/// A program that is this client, as far as files tell.
struct Candidate {
  dsl::Path whole;  ///< the application, or the program itself
  dsl::Path code;   ///< the program
  Program program;
};

/// The program at a path, or every application with a bundle identifier in the usual folders.
std::vector<Candidate> programs_of(const std::string& client, const engine::Host& host);

/// Whether all of them are what is asked for. Where a file cannot tell, `codesign` is asked, which
/// verifies certificates and content. `undecided` if there are none.
Verdict judge(const Requirement& asked, const std::vector<Candidate>& programs,
              const engine::Host& host);

}  // namespace gopol::providers::tcc
