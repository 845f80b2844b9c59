#include "providers/xcode/license.h"

#include <fmt/format.h>

#include "providers/read/plist_text.h"
#include "providers/read/reading.h"
#include "providers/read/shell_word.h"

namespace gopol::providers::xcode {
namespace {

constexpr const char* preferences = "/Library/Preferences/com.apple.dt.Xcode.plist";

}  // namespace

std::string license_command(const DeveloperDir& active) {
  const auto* path = active.path.as<dsl::Path>();
  if (active.why != "env" || path == nullptr) return "sudo xcodebuild -license accept";
  return fmt::format("sudo env DEVELOPER_DIR={} xcodebuild -license accept",
                     shell_word(path->text));
}

dsl::Value license_accepted(const dsl::Path& app, const dsl::Version& version,
                            const engine::Host& host) {
  const dsl::Path preferred(preferences), about = app / "Contents/Resources/LicenseInfo.plist";
  const FileText accepted = read_text(host, preferred);
  if (!accepted.there) return accepted.why_not.is_unknown() ? accepted.why_not : dsl::Value(false);
  const FileText license = read_text(host, about);
  if (license.there) {
    const dsl::Value number = needed_plist_value(license.text, "licenseID", about);
    const dsl::Value type = plist_value(license.text, "licenseType", about);
    if (number.is_unknown() || type.is_unknown()) return number.is_unknown() ? number : type;
    const dsl::Value agreed = plist_value(
        accepted.text,
        type == dsl::Value("Beta") ? "IDELastBetaLicenseAgreedTo" : "IDELastGMLicenseAgreedTo",
        preferred);
    return agreed.is_unknown() ? agreed : dsl::Value(agreed == number);
  }
  if (license.why_not.is_unknown()) return license.why_not;
  const dsl::Value of =
      plist_value(accepted.text, "IDEXcodeVersionForAgreedToGMLicense", preferred);
  if (of.is_unknown()) return of;
  const auto* agreed = of.as<std::string>();
  if (agreed == nullptr) return false;
  if (!dsl::is_valid(*agreed, dsl::VersionScheme::apple))
    return dsl::Unknown{fmt::format("`{}` names no version: {}", preferences, *agreed), ""};
  if (dsl::compare({*agreed, dsl::VersionScheme::apple}, version) >= 0) return true;
  return dsl::Unknown{
      fmt::format("the licence of Xcode {} was accepted, this is {}", *agreed, version.text),
      fmt::format("run `{}`", license_command(active_directory(host)))};
}

}  // namespace gopol::providers::xcode
