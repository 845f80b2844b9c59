#include "providers/xcode/labels.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <utility>

#include "providers/read/go_text.h"
#include "providers/read/lines.h"

namespace gopol::providers::xcode {
namespace {

constexpr std::string_view product = "Command Line Tools";

/// `* Label: NAME`, or in old releases `   * NAME`; empty: another line.
std::string_view label_in(std::string_view line) {
  line = go::trimmed(line);
  if (!line.starts_with("* ")) return {};
  line.remove_prefix(2);
  constexpr std::string_view mark = "Label: ";
  if (line.starts_with(mark)) line.remove_prefix(mark.size());
  return line;
}

/// `Title: …, Version: V, Size: …` under the label. Old releases print none: then the label's end.
std::string version_of(std::string_view label, std::string_view details) {
  constexpr std::string_view mark = ", Version: ";
  if (const std::size_t at = details.find(mark); at != std::string_view::npos) {
    details.remove_prefix(at + mark.size());
    return std::string(go::trimmed(details.substr(0, details.find(','))));
  }
  return std::string(label.substr(label.rfind('-') + 1));
}

bool names_beta(std::string_view label) {
  for (const std::string_view word : {"beta", "Beta", "Release Candidate", " RC"}) {
    if (label.find(word) != std::string_view::npos) return true;
  }
  return false;
}

}  // namespace

std::vector<Label> clt_labels(std::string_view printed) {
  std::vector<Label> out;
  const auto lines = lines_with_ends(printed);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::string_view label = label_in(lines[i]);
    if (!label.starts_with(product)) continue;
    const bool described = i + 1 < lines.size() && label_in(lines[i + 1]).empty();
    std::string version = version_of(label, described ? lines[i + 1] : std::string_view{});
    if (!dsl::is_valid(version, dsl::VersionScheme::apple)) continue;
    out.push_back(
        {std::string(label), {std::move(version), dsl::VersionScheme::apple}, names_beta(label)});
  }
  return out;
}

dsl::Result<Label> choose_label(const std::vector<Label>& labels, const dsl::Allowed& allowed) {
  const Label* best = nullptr;
  std::vector<std::string> offered;
  for (const Label& label : labels) {
    offered.push_back(label.is_beta ? label.version.text + " (a beta)" : label.version.text);
    if (label.is_beta || !dsl::contains(allowed, label.version)) continue;
    if (best == nullptr || dsl::compare(label.version, best->version) > 0) best = &label;
  }
  if (best != nullptr) return *best;
  if (labels.empty()) {
    return dsl::problem("R4002", "Software Update offers no Command Line Tools",
                        "an MDM may hold them back; developer.apple.com/download/all has them");
  }
  return dsl::problem("R4002",
                      fmt::format("Software Update offers {}, and none is {}",
                                  fmt::join(offered, ", "), dsl::to_text(allowed)),
                      "developer.apple.com/download/all has others");
}

}  // namespace gopol::providers::xcode
