#include "cli/terminal/exit_of.h"

namespace gopol::cli {

Exit exit_of(const dsl::Diagnostics& errors) {
  Exit out = Exit::clean;
  for (const dsl::Diagnostic& error : errors) {
    if (error.severity != dsl::Severity::error) continue;
    if (error.code == "P0001") {
      out = worse(out, Exit::usage);
    } else if (error.code.starts_with('T')) {
      out = worse(out, Exit::not_trusted);
    } else if (error.code.starts_with('R')) {
      out = worse(out, Exit::not_converged);
    } else {
      out = worse(out, Exit::findings);
    }
  }
  return out;
}

}  // namespace gopol::cli
