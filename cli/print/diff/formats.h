#pragma once

#include <string>

#include "cli/print/diff/gate.h"
#include "cli/print/diff/report.h"
#include "cli/terminal/terminal.h"

namespace gopol::cli {

/// The report in the format that a word of `--format` names; `text` for a person.
std::string diff_in_format(const DiffReport& report, const DiffGate& gate,
                           const std::string& format, const Terminal& terminal);

}  // namespace gopol::cli
