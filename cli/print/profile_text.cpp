#include "cli/print/profile_text.h"

#include <fmt/format.h>

namespace gopol::cli {

std::string left_out_text(const std::vector<LeftOut>& rules) {
  std::string out;
  for (const auto& [rule, status] : rules) {
    const char* why = status == engine::RuleStatus::unknown  ? "cannot be decided"
                      : status == engine::RuleStatus::waived ? "is waived"
                                                             : "does not apply";
    out += fmt::format("left out: rule `{}`, which {} on this machine\n", rule, why);
  }
  return out;
}

std::string notes_text(const std::vector<providers::tcc::PppcEntry>& entries) {
  std::string out;
  for (const auto& entry : entries) {
    if (!entry.note.empty()) out += "note: " + entry.note + "\n";
  }
  return out;
}

std::string profile_written(const std::string& file, std::size_t decisions) {
  return fmt::format(
      "{} written, {} decision{}; an MDM server installs it, no Mac takes it by hand\n", file,
      decisions, decisions == 1 ? "" : "s");
}

}  // namespace gopol::cli
