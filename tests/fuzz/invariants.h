#pragma once

#include <string>
#include <string_view>

namespace gopol::tests {

/// What must hold of any text, broken or not. Empty if it does, else what does not.
std::string parse_fault(std::string_view text);
std::string format_fault(std::string_view text);

}  // namespace gopol::tests
