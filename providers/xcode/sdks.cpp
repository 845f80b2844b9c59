#include "providers/xcode/sdks.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "engine/encoding/json.h"
#include "providers/read/plist_text.h"
#include "providers/read/reading.h"
#include "providers/xcode/developer_dir.h"

namespace gopol::providers::xcode {
namespace {

using dsl::Path;
using dsl::Value;
using dsl::Version;
using engine::Host;

/// What an SDK says of itself. CanonicalName keeps DriverKit and others out.
struct Settings {
  std::string name, version;
  Value trouble = {};  ///< Unknown: it cannot be read
};

Settings settings_of(const Path& sdk, const Host& host) {
  if (const FileText json = read_text(host, sdk / "SDKSettings.json"); json.there) {
    const auto top = engine::detail::parse_json(json.text);
    Settings out;
    if (top && top->is_object())
      out = {engine::detail::text_in(*top, "CanonicalName"),
             engine::detail::text_in(*top, "Version")};
    if (out.name.empty() || !dsl::is_valid(out.version, dsl::VersionScheme::apple))
      out.trouble = dsl::Unknown{
          fmt::format("{}/SDKSettings.json does not say which SDK it is", sdk.text), ""};
    return out;
  } else if (json.why_not.is_unknown()) {
    return {"", "", json.why_not};
  }
  const FileText plist = read_text(host, sdk / "SDKSettings.plist");
  if (!plist.there) return {"", "", plist.why_not};
  return {plist_string(plist.text, "CanonicalName").value_or(""),
          plist_string(plist.text, "Version").value_or("")};
}

bool is_macos(const Settings& settings) {
  constexpr std::string_view name = "macosx";
  return settings.name.starts_with(name) && settings.name.size() > name.size() &&
         settings.name[name.size()] >= '0' && settings.name[name.size()] <= '9' &&
         dsl::is_valid(settings.version, dsl::VersionScheme::apple);
}

void add(const std::string& name, const Path& folder, const Host& host, std::set<Path>& seen,
         Sdks& out) {
  const bool usual = name == "MacOSX.sdk";
  const auto real = host.disk().resolve(folder / name);
  if (!real) {
    out.trouble = unknown(real.error());
    if (usual) out.usual = out.trouble;
    return;
  }
  if (!*real) {
    out.findings.push_back(fmt::format("{} leads nowhere", (folder / name).text));
    return;
  }
  if (!seen.insert(**real).second && !usual) return;
  const Settings settings = settings_of(**real, host);
  if (settings.trouble.is_unknown()) {
    out.trouble = settings.trouble;
    if (usual) out.usual = settings.trouble;
    return;
  }
  if (!is_macos(settings)) {
    out.findings.push_back(fmt::format("{} does not say which SDK it is", (folder / name).text));
    return;
  }
  const Version version{settings.version, dsl::VersionScheme::apple};
  if (usual) {
    out.usual = version;
    out.usual_path = folder / name;
  }
  if (std::find(out.versions.begin(), out.versions.end(), version) == out.versions.end())
    out.versions.push_back(version);
}

}  // namespace

Value Sdks::newest() const {
  if (trouble.is_unknown()) return trouble;
  return versions.empty() ? Value() : Value(versions.back());
}

Value Sdks::texts() const {
  if (trouble.is_unknown()) return trouble;
  dsl::List out;
  for (const Version& version : versions) out.items.push_back(version.text);
  return out;
}

Value macos_version_of(const Path& sdk, const Host& host) {
  const Settings settings = settings_of(sdk, host);
  if (settings.trouble.is_unknown()) return settings.trouble;
  if (!is_macos(settings)) return dsl::Absent{};
  return Version{settings.version, dsl::VersionScheme::apple};
}

Sdks sdks_of(const Path& developer_dir, const Host& host) {
  const bool tools = developer_dir == Path(clt_directory);
  const Path folder = developer_dir / (tools ? "SDKs" : "Platforms/MacOSX.platform/Developer/SDKs");
  Sdks out;
  const auto names = host.disk().list(folder);
  if (!names) {
    out.trouble = out.usual = unknown(names.error());
    return out;
  }
  std::set<Path> seen;
  for (const std::string& name : *names) {
    if (name.starts_with("MacOSX") && name.ends_with(".sdk")) add(name, folder, host, seen, out);
  }
  std::sort(out.versions.begin(), out.versions.end(),
            [](const Version& a, const Version& b) { return dsl::compare(a, b) < 0; });
  return out;
}

}  // namespace gopol::providers::xcode
