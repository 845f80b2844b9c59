#pragma once

#include <string>
#include <string_view>
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

/// Where applications are looked for, for a text. Downloads, Desktop and other volumes are not:
/// macOS would ask the user whether gopol may look there.
inline constexpr std::string_view searched_places =
    "/Applications, ~/Applications, the folders in them, macOS' own, JetBrains Toolbox and "
    "Homebrew's Caskroom";

/// The program at a path, or every application with a bundle identifier that is in one of those
/// places.
std::vector<Candidate> programs_of(const std::string& client, const engine::Host& host);

/// Whether all of them are what is asked for. Where a file cannot tell, `codesign` is asked, which
/// verifies certificates and content. `undecided` if there are none.
Verdict judge(const Requirement& asked, const std::vector<Candidate>& programs,
              const engine::Host& host);

}  // namespace gopol::providers::tcc
