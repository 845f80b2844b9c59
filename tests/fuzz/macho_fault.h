#pragma once

#include <string>
#include <string_view>

namespace gopol::tests {

/// Reads the bytes as a Mach-O file; what is wrong with the answer, or empty. A refusal is right.
std::string macho_fault(std::string_view bytes);

}  // namespace gopol::tests
