#include "cli/print/plan/apply_text.h"

#include <fmt/format.h>

namespace gopol::cli {

std::string confinement_text(const engine::Confinement& held) {
  return held.enforced ? fmt::format("planned without the right to write ({})\n", held.name)
                       : fmt::format("planned without a guard of the system: {}\n", held.reason);
}

std::string taken_over_text(const engine::JournalEntry& begun) {
  return fmt::format("an earlier run was killed while it changed {}; this run takes over\n",
                     begun.family);
}

std::string outcome_text(const engine::PlannedChange& change, const engine::Outcome& outcome,
                         const Terminal& terminal) {
  std::string name = change.change.family;
  if (!change.change.key.empty()) name += fmt::format(" \"{}\"", presentable(change.change.key));
  switch (outcome.kind) {
    case engine::Outcome::Kind::converged:
      return fmt::format(" {} {}\n", terminal.paint("ok", "32"), name);
    case engine::Outcome::Kind::failed:
      return fmt::format(" {} {}\n", terminal.paint("failed", "31"), name);
    case engine::Outcome::Kind::skipped:
      return fmt::format(" {} {}: {}\n", terminal.paint("skipped", "33"), name,
                         outcome.why.front().message);
    case engine::Outcome::Kind::waits:
      return fmt::format(" {} {}: waits for an administrator, {}\n", terminal.paint("left", "33"),
                         name, outcome.why.front().message);
  }
  return "";
}

}  // namespace gopol::cli
