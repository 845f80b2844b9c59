#include "providers/xcode/app.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include "providers/read/fact_schema.h"
#include "providers/read/mac.h"
#include "providers/read/plist_text.h"
#include "providers/read/reading.h"
#include "providers/read/shell_word.h"
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

Path about_of(const Path& app) { return app / "Contents/version.plist"; }

struct App {
  Path path;
  FileText about;  ///< version.plist; Info.plist tells of the Xcode that built this one
};

App app_at(const Path& path, const Host& host) { return {path, read_text(host, about_of(path))}; }

/// The version that stands at a key of a property list.
Value version_in(const FileText& list, std::string_view key, const Path& file) {
  if (!list.there) return list.why_not;
  Value found = needed_plist_value(list.text, key, file);
  const auto* text = found.as<std::string>();
  if (text == nullptr) return found;
  if (dsl::is_valid(*text, dsl::VersionScheme::apple))
    return Version{*text, dsl::VersionScheme::apple};
  return dsl::Unknown{fmt::format("`{}` in `{}` is not a version: {}", key, file.text, *text), ""};
}

Value apple_version(const App& app) {
  return version_in(app.about, "CFBundleShortVersionString", about_of(app.path));
}

/// Where a link leads; the path itself if it is none, or leads nowhere.
Path followed(const Path& path, const Host& host) {
  const auto real = host.disk().resolve(path);
  return real && *real ? **real : path;
}

/// The application that the active developer directory lies in.
std::optional<Path> active_app(const Host& host) {
  constexpr std::string_view inside = ".app/Contents/Developer";
  const DeveloperDir active = active_directory(host);
  const auto* directory = active.path.as<Path>();
  if (directory == nullptr || !directory->text.ends_with(inside)) return {};
  return followed(directory->parent().parent(), host);
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

/// Tools that keep several leave /Applications/Xcode.app as a link to one of them.
bool is_link_to_another(const Path& path, const std::vector<std::string>& names, const Host& host) {
  const auto real = host.disk().resolve(path);
  return real && *real && **real != path && (*real)->parent() == path.parent() &&
         std::find(names.begin(), names.end(), (*real)->name()) != names.end();
}

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
    if (is_link_to_another(folder / name, *names, host)) continue;
    App app = app_at(folder / name, host);
    if (app.about.there || app.about.why_not.is_unknown()) out.all.push_back(std::move(app));
  }
  const auto elsewhere = active_app(host);
  if (elsewhere && out.find(*elsewhere) == nullptr) {
    App app = app_at(*elsewhere, host);
    if (app.about.there) out.all.push_back(std::move(app));
  }
  return out;
}

const App* app_in_use(const Apps& apps, const Host& host) {
  const auto in_use = active_app(host);
  if (const App* app = in_use ? apps.find(*in_use) : nullptr) return app;
  if (const App* app = apps.find(followed(Path("/Applications/Xcode.app"), host))) return app;
  const auto newest =
      std::max_element(apps.all.begin(), apps.all.end(), [](const App& a, const App& b) {
        const Value left = apple_version(a), right = apple_version(b);
        const auto order = dsl::order(left, right);
        return order ? *order < 0 : !left.is_known() && right.is_known();
      });
  return newest == apps.all.end() ? nullptr : &*newest;
}

Value info_version(const App& app, const Host& host) {
  const Path file = app.path / "Contents/Info.plist";
  return version_in(read_text(host, file), "LSMinimumSystemVersion", file);
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
  return plist_value(app.about.text, "ProductBuildVersion", about_of(app.path));
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

/// xcodebuild works only while its own Xcode is selected. Source: macos-truth, section 5.
std::vector<std::string> acceptance(const Path& app, const Host& host) {
  if (active_app(host) == app)
    return {fmt::format("Run `{}`", license_command(active_directory(host)))};
  return {fmt::format("Run `sudo xcode-select --switch {}`: it is not selected now",
                      shell_word((app / "Contents/Developer").text)),
          "Run `sudo xcodebuild -license accept`"};
}

class AppProvider final
    : public SlotProvider<Shared<look_at_apps, read_app>, engine::FactProvider> {
 public:
  AppProvider() : SlotProvider(app_schema()) {}

  std::optional<engine::Guide> guide(const engine::Slot& slot, const dsl::Allowed&,
                                     const Host& host) const override {
    if (!is_mac(host)) return {};
    const AppsHere here = look_at_apps(host);
    if (slot.attribute == "license_accepted" && here.in_use)
      return engine::Guide{acceptance(here.in_use->path, host)};
    engine::Guide out{
        {"Get Xcode from the App Store, or an older one from "
         "developer.apple.com/download/all",
         "Move it to /Applications"}};
    for (std::string& step : acceptance(Path("/Applications/Xcode.app"), host))
      out.steps.push_back(std::move(step));
    return out;
  }
};

}  // namespace

std::unique_ptr<engine::Provider> app_provider() { return std::make_unique<AppProvider>(); }

}  // namespace gopol::providers::xcode
