#include "providers/xcode/app.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include "providers/read/fact_schema.h"
#include "providers/read/mac.h"
#include "providers/read/plist_text.h"
#include "providers/read/reading.h"
#include "providers/read/slot_provider.h"
#include "providers/xcode/developer_dir.h"
#include "providers/xcode/license.h"

namespace gopol::providers::xcode {
namespace {

using dsl::Version;

constexpr const char* app_advice =
    "get Xcode from the App Store or developer.apple.com/download/all";

dsl::Schema app_schema() {
  const dsl::Type apple = version(dsl::VersionScheme::apple);
  dsl::Schema out =
      family("xcode.app",
             "the Xcode in use; if none is, /Applications/Xcode.app, else the newest one there");
  out.attributes = {
      may_be_unknown(may_be_absent(verified("build", text(), "15F31d", app_advice))),
      may_be_unknown(
          verified("installed", list(), "every Xcode in /Applications, by path", app_advice)),
      may_be_unknown(
          may_be_absent(verified("license_accepted", boolean(),
                                 "whether its tools run; unknown if an older one's was accepted",
                                 "run `sudo xcodebuild -license accept`"))),
      may_be_unknown(may_be_absent(fact("minimum_macos", apple, "what it needs, by Info.plist"))),
      may_be_unknown(may_be_absent(fact("path", path(), "the application"))),
      may_be_unknown(
          may_be_absent(verified("version", apple, "15.4, from version.plist", app_advice)))};
  return out;
}

struct App {
  Path path;
  FileText about;  ///< version.plist; Info.plist tells of the Xcode that built this one
};

App app_at(const Path& path, const Host& host) {
  return {path, read_text(host, path / "Contents/version.plist")};
}

Value apple_version(const App& app) {
  if (!app.about.there) return app.about.why_not;
  const auto found = plist_string(app.about.text, "CFBundleShortVersionString");
  if (!found || !dsl::is_valid(*found, dsl::VersionScheme::apple)) return dsl::Absent{};
  return Version{*found, dsl::VersionScheme::apple};
}

/// The application that a developer directory lies in.
std::optional<Path> app_of(const Path& directory) {
  constexpr std::string_view inside = ".app/Contents/Developer";
  if (!directory.text.ends_with(inside)) return {};
  return directory.parent().parent();
}

struct Apps {
  std::vector<App> all;  ///< sorted by path
  Value trouble = {};    ///< Unknown: /Applications cannot be read

  const App* find(const Path& path) const {
    const auto at =
        std::find_if(all.begin(), all.end(), [&](const App& app) { return app.path == path; });
    return at == all.end() ? nullptr : &*at;
  }
};

/// People rename Xcode; one of any name counts if it says what it is.
Apps apps_of(const Host& host) {
  Apps out;
  const Path folder("/Applications");
  const auto names = host.disk().list(folder);
  if (!names) {
    out.trouble = unknown(names.error());
    return out;
  }
  for (const std::string& name : *names) {
    if (!name.starts_with("Xcode") || !name.ends_with(".app")) continue;
    App app = app_at(folder / name, host);
    if (app.about.there || app.about.why_not.is_unknown()) out.all.push_back(std::move(app));
  }
  const DeveloperDir active = active_directory(host);
  const auto* directory = active.path.as<Path>();
  const auto elsewhere = directory == nullptr ? std::nullopt : app_of(*directory);
  if (elsewhere && out.find(*elsewhere) == nullptr) {
    App app = app_at(*elsewhere, host);
    if (app.about.there) out.all.push_back(std::move(app));
  }
  return out;
}

const App* app_in_use(const Apps& apps, const Host& host) {
  const DeveloperDir active = active_directory(host);
  const auto* directory = active.path.as<Path>();
  const auto in_use = directory == nullptr ? std::nullopt : app_of(*directory);
  if (const App* app = in_use ? apps.find(*in_use) : nullptr) return app;
  if (const App* app = apps.find(Path("/Applications/Xcode.app"))) return app;
  const auto newest =
      std::max_element(apps.all.begin(), apps.all.end(), [](const App& a, const App& b) {
        const Value left = apple_version(a), right = apple_version(b);
        const auto order = dsl::order(left, right);
        return order ? *order < 0 : !left.is_known() && right.is_known();
      });
  return newest == apps.all.end() ? nullptr : &*newest;
}

Value info_version(const App& app, const Host& host) {
  const FileText info = read_text(host, app.path / "Contents/Info.plist");
  if (!info.there) return info.why_not;
  const auto found = plist_string(info.text, "LSMinimumSystemVersion");
  if (!found || !dsl::is_valid(*found, dsl::VersionScheme::apple)) return dsl::Absent{};
  return Version{*found, dsl::VersionScheme::apple};
}

Value read_attribute(const std::string& name, const App& app, const Host& host) {
  if (name == "path") return app.path;
  if (name == "minimum_macos") return info_version(app, host);
  const Value version = apple_version(app);
  if (name == "version" || version.is_unknown()) return version;
  if (name == "license_accepted") {
    const auto* known = version.as<Version>();
    return known == nullptr ? Value(dsl::Absent{}) : license_accepted(app.path, *known, host);
  }
  const auto build = plist_string(app.about.text, "ProductBuildVersion");
  return build ? Value(*build) : Value(dsl::Absent{});
}

/// All of Xcode's applications, and the one in use.
struct AppsHere {
  Apps apps;
  std::optional<App> in_use;
};

AppsHere look_at_apps(const Host& host) {
  AppsHere out{is_mac(host) ? apps_of(host) : Apps{{}, only_on_a_mac("Xcode")}, {}};
  if (const App* app = app_in_use(out.apps, host)) out.in_use = *app;
  return out;
}

Observation read_app(const Slot& slot, const AppsHere& here, const Host& host) {
  Observation out{.slot = slot, .value = here.apps.trouble};
  if (!here.apps.trouble.is_unknown() && slot.attribute == "installed") {
    dsl::List paths;
    for (const App& one : here.apps.all) paths.items.push_back(one.path.text);
    out.value = std::move(paths);
  } else if (here.in_use) {
    out.value = read_attribute(slot.attribute, *here.in_use, host);
    out.origin = here.in_use->path.text;
  }
  return out;
}

class AppProvider final
    : public SlotProvider<Shared<look_at_apps, read_app>, engine::FactProvider> {
 public:
  AppProvider() : SlotProvider(app_schema()) {}

  std::optional<engine::Guide> guide(const engine::Slot& slot, const dsl::Allowed&,
                                     const Host& host) const override {
    if (!is_mac(host)) return {};
    const std::string accept = "Run `sudo xcodebuild -license accept`";
    if (slot.attribute == "license_accepted") return engine::Guide{{accept}};
    return engine::Guide{
        {"Get Xcode from the App Store, or an older one from "
         "developer.apple.com/download/all",
         "Move it to /Applications", accept}};
  }
};

}  // namespace

std::unique_ptr<engine::Provider> app_provider() { return std::make_unique<AppProvider>(); }

}  // namespace gopol::providers::xcode
