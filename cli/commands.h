#pragma once

#include "cli/exit_code.h"
#include "cli/options.h"
#include "dsl/diagnostic.h"

namespace gopol::cli {

// One function a command; each prints and answers with its exit code.
Exit check_command(const Options& options);
Exit fmt_command(const Options& options);
Exit facts_command(const Options& options);
Exit plan_command(const Options& options);
Exit apply_command(const Options& options);
Exit diff_command(const Options& options);
Exit doctor_command(const Options& options);
Exit log_command(const Options& options);
Exit guide_command(const Options& options);
Exit import_command(const Options& options);
Exit profile_command(const Options& options);
Exit pull_command(const Options& options);
Exit source_command(const Options& options);
Exit test_command(const Options& options);
Exit why_command(const Options& options);
Exit explain_command(const Options& options);
Exit version_command(const Options& options);

/// The exit code that an error stands for: usage (P0001), trust (T…), a bug (R4004), a provider's
/// failure (R…), else a finding.
Exit exit_of(const dsl::Diagnostics& errors);

}  // namespace gopol::cli
