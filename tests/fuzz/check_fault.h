#pragma once

#include <string>
#include <string_view>

namespace gopol::tests {

/// What must hold of any text that is checked against the real schemas: a policy, or errors with
/// their places. Empty if it does, else what does not.
std::string check_fault(std::string_view text);

}  // namespace gopol::tests
