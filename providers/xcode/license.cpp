#include "providers/xcode/license.h"

#include <fmt/format.h>

#include "providers/read/plist_text.h"
#include "providers/read/reading.h"

namespace gopol::providers::xcode {
namespace {

constexpr const char* preferences = "/Library/Preferences/com.apple.dt.Xcode.plist";

}  // namespace

dsl::Value license_accepted(const dsl::Path& app, const dsl::Version& version,
                            const engine::Host& host) {
  const FileText accepted = read_text(host, dsl::Path(preferences));
  if (!accepted.there) return accepted.why_not.is_unknown() ? accepted.why_not : dsl::Value(false);
  const FileText license = read_text(host, app / "Contents/Resources/LicenseInfo.plist");
  const auto number = plist_string(license.text, "licenseID");
  if (number) {
    const bool beta = plist_string(license.text, "licenseType") == "Beta";
    return plist_string(accepted.text,
                        beta ? "IDELastBetaLicenseAgreedTo" : "IDELastGMLicenseAgreedTo") == number;
  }
  const auto of = plist_string(accepted.text, "IDEXcodeVersionForAgreedToGMLicense");
  if (!of || !dsl::is_valid(*of, dsl::VersionScheme::apple)) return false;
  if (dsl::compare({*of, dsl::VersionScheme::apple}, version) >= 0) return true;
  return dsl::Unknown{
      fmt::format("the licence of Xcode {} was accepted, this is {}", *of, version.text),
      "run `sudo xcodebuild -license accept`"};
}

}  // namespace gopol::providers::xcode
