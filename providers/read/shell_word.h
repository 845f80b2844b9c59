#pragma once

#include <string>
#include <string_view>

namespace gopol::providers {

/// A text as one word of a shell's command: in single quotes if it holds anything but letters,
/// digits and what no shell looks at.
std::string shell_word(std::string_view text);

}  // namespace gopol::providers
