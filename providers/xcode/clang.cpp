#include "providers/xcode/clang.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "engine/real/real_disk.h"
#include "providers/read/go_text.h"
#include "providers/read/lines.h"

namespace gopol::providers::xcode {
namespace {

constexpr std::string_view table = "xcode-releases.csv";

/// The text between the two marks.
std::string_view between(std::string_view text, std::string_view before, std::string_view after) {
  const std::size_t at = text.find(before);
  if (at == std::string_view::npos) return {};
  text.remove_prefix(at + before.size());
  return text.substr(0, std::min(text.find_first_of(after), text.size()));
}

/// A cell with `?` is a guess of ours.
std::string certain(std::string_view cell) {
  return cell.find('?') == std::string_view::npos ? std::string(cell) : std::string();
}

}  // namespace

Clang parse_clang(std::string_view printed) {
  const std::string_view version = between(printed, "Apple clang version ", " \n");
  const std::string_view build = between(printed, "(clang-", ")\n");
  if (version.empty() || build.empty()) return {};
  return {std::string(version), std::string(build)};
}

std::vector<Release> read_releases(const dsl::Path& share) {
  if (share.empty()) return {};
  const auto text = engine::real_disk()->read(share / table);
  if (!text || !*text) return {};
  std::vector<Release> out;
  for (const std::string_view line : lines_with_ends(**text)) {
    const auto cells = go::split(without_end(line), ',');
    if (cells.size() != 8 || cells[0] == "xcode") continue;
    out.push_back({std::string(cells[0]), certain(cells[4]), certain(cells[7])});
  }
  return out;
}

dsl::Value release_with(const std::vector<Release>& releases, std::string_view clang_build,
                        const dsl::Value& newest_sdk) {
  std::vector<std::string> fit;
  for (const Release& release : releases) {
    const dsl::Value sdk = dsl::Version{release.macos_sdk, dsl::VersionScheme::apple};
    const bool same_sdk = newest_sdk.is_absent() || newest_sdk == sdk;
    if (release.clang_build == clang_build && same_sdk) fit.push_back(release.version);
  }
  if (fit.size() == 1) return dsl::Version{fit.front(), dsl::VersionScheme::apple};
  const std::string found =
      fit.empty() ? "no release that gopol knows" : fmt::format("{}", fmt::join(fit, " and "));
  return dsl::Unknown{
      fmt::format("there is no receipt, and clang-{} belongs to {}", clang_build, found),
      "install the tools again: that writes the receipt"};
}

}  // namespace gopol::providers::xcode
