#pragma once

#include <string>
#include <vector>

#include "cli/print/diff/report.h"
#include "dsl/value/result.h"

namespace gopol::cli {

/// What `diff --fail-on` says: words for changes that shall not pass by themselves.
using DiffGate = std::vector<std::string>;

/// `weaker,irreversible`. Errors (P0001): a word that is none.
dsl::Result<DiffGate> parse_diff_gate(const std::string& text);

/// What the report has of them: `weaker: mac_go.go_proxy`, one line each.
std::vector<std::string> stopped_by(const DiffGate& gate, const DiffReport& report);

/// The same changes as diagnostics, for the formats of other tools: a warning for what the gate
/// stops, in the policy or on recorded machines, or for what gets weaker; else a note.
dsl::Diagnostics diff_diagnostics(const DiffGate& gate, const DiffReport& report);

/// A test case for each rule that differs, and for what the gate stops on recorded machines.
std::string diff_junit(const DiffGate& gate, const DiffReport& report);

}  // namespace gopol::cli
