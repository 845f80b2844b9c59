#pragma once

#include <vector>

#include "providers/macho/code_signature.h"
#include "providers/tcc/requirement.h"

namespace gopol::providers::tcc {

/// Whether a program is what a requirement asks for; `undecided`: its file alone cannot tell.
enum class Verdict { no, undecided, yes };

/// What is known of a program.
struct Program {
  std::vector<Slice> slices;  ///< empty: no Mach-O file, a script perhaps
  bool from_apple = false;    ///< on the sealed system volume, which only Apple fills
};

/// Decides only what is certain: certificates are not verified here, so a signature that has some
/// leaves much undecided. Of several slices, all must agree.
Verdict match(const Requirement& requirement, const Program& program);

}  // namespace gopol::providers::tcc
