#pragma once

#include <string>
#include <vector>

#include "cli/workspace/machine/tcc_profile.h"

namespace gopol::cli {

/// A line for each rule that did not go into the profile.
std::string left_out_text(const std::vector<LeftOut>& rules);

/// A line for each entry that there is something to note of.
std::string notes_text(const std::vector<providers::tcc::PppcEntry>& entries);

/// That the file was written, and what becomes of it.
std::string profile_written(const std::string& file, std::size_t decisions);

}  // namespace gopol::cli
