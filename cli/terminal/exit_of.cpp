#include "cli/terminal/exit_of.h"

namespace gopol::cli {

Exit exit_of(const dsl::Diagnostics& errors) {
  Exit out = Exit::clean;
  for (const dsl::Diagnostic& error : errors) {
    if (error.severity != dsl::Severity::error) continue;
    switch (dsl::kind_of(error)) {
      case dsl::DiagnosticKind::usage: out = worse(out, Exit::usage); break;
      case dsl::DiagnosticKind::untrusted: out = worse(out, Exit::not_trusted); break;
      case dsl::DiagnosticKind::failed:
      case dsl::DiagnosticKind::unreachable: out = worse(out, Exit::not_converged); break;
      case dsl::DiagnosticKind::finding: out = worse(out, Exit::findings); break;
    }
  }
  return out;
}

}  // namespace gopol::cli
