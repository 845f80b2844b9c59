#pragma once

#include "cli/terminal/exit_code.h"
#include "cli/workspace/options.h"

namespace gopol::cli {

// One function a command; each prints and answers with its exit code.
Exit capture_command(const Options& options);
Exit check_command(const Options& options);
Exit fmt_command(const Options& options);
Exit facts_command(const Options& options);
Exit plan_command(const Options& options);
Exit apply_command(const Options& options);
Exit apply_root_command(const Options& options);
Exit diff_command(const Options& options);
Exit doctor_command(const Options& options);
Exit log_command(const Options& options);
Exit guide_command(const Options& options);
Exit import_command(const Options& options);
Exit profile_command(const Options& options);
Exit provider_command(const Options& options);
Exit pull_command(const Options& options);
Exit source_command(const Options& options);
Exit test_command(const Options& options);
Exit undo_command(const Options& options);
Exit leave_command(const Options& options);
Exit why_command(const Options& options);
Exit explain_command(const Options& options);
Exit version_command(const Options& options);

}  // namespace gopol::cli
