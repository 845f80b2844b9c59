#include "providers/xcode/receipt.h"

#include <fmt/format.h>

#include "providers/read/go_text.h"
#include "providers/read/plist_text.h"
#include "providers/read/reading.h"

namespace gopol::providers::xcode {
namespace {

constexpr const char* folders[] = {"/Library/Apple/System/Library/Receipts",
                                   "/private/var/db/receipts", "/System/Library/Receipts"};
constexpr const char* file = "com.apple.pkg.CLTools_Executables.plist";

}  // namespace

Receipt clt_receipt(const engine::Host& host) {
  for (const char* folder : folders) {
    const dsl::Path path = dsl::Path(folder) / file;
    const FileText receipt = read_text(host, path);
    if (!receipt.there && receipt.why_not.is_absent()) continue;
    if (!receipt.there) return {receipt.why_not, path.text};
    auto package = plist_string(receipt.text, "PackageVersion");
    if (package && !product_version(*package).empty()) return {std::move(*package), path.text};
    return {dsl::Unknown{fmt::format("{} names no version", path.text),
                         "install the tools again: that writes the receipt"},
            path.text};
  }
  return {dsl::Absent{}, ""};
}

std::string product_version(std::string_view package) {
  if (!dsl::is_valid(package, dsl::VersionScheme::apple)) return {};
  const auto numbers = go::split(package, '.');
  if (numbers.size() < 5) return {};
  const std::string two = fmt::format("{}.{}", numbers[0], numbers[1]);
  return numbers[2] == "0" ? two : fmt::format("{}.{}", two, numbers[2]);
}

}  // namespace gopol::providers::xcode
