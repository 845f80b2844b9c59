#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace gopol::tests {

/// Damages one file of a recorded Mac as the recipe says, asks all facts of one family that reads
/// it, and gives what is wrong with an answer; empty if nothing is. Two bytes choose the family and
/// its file, the rest is edits: cut off, flip a bit, set a byte, put in, replace all. An unknown
/// with a reason is right. Only files whose path has the ending.
std::string machine_fault(std::string_view recipe, const std::string& ending = "");

/// How many pairs of a family and a file of its own there are to choose from.
std::size_t damageable_files(const std::string& ending = "");

}  // namespace gopol::tests
