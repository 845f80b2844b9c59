#include <filesystem>

#include "providers/read/program.h"
#include "providers/xcode/app.h"
#include "providers/xcode/sdk.h"
#include "providers/xcode/select.h"
#include "tests/catch.h"
#include "tests/providers/recorded_mac.h"
#include "tests/table.h"

using namespace gopol;
using namespace gopol::tests;
using dsl::Path;
using dsl::Value;

namespace fs = std::filesystem;

namespace {

const auto select_family = providers::xcode::select_provider();
const auto sdk_family = providers::xcode::sdk_provider();
const auto app_family = providers::xcode::app_provider();

const std::string selection = "root/private/var/db/xcode_select_link";
const std::string xcode = "/Applications/Xcode.app/Contents/Developer";

Value apple_value(const std::string& text) { return dsl::Version{text, dsl::VersionScheme::apple}; }

Value selected(const RecordedMac& mac, const std::string& attribute) {
  return look(*select_family, mac.host(), "", attribute).value;
}
Value sdk(const RecordedMac& mac, const std::string& attribute) {
  return look(*sdk_family, mac.host(), "", attribute).value;
}
Value app(const RecordedMac& mac, const std::string& attribute) {
  return look(*app_family, mac.host(), "", attribute).value;
}

engine::Change select(const std::string& directory) {
  return change_of(*select_family, "", {{"developer_dir", directory}});
}

void relink(const RecordedMac& mac, const std::string& target) {
  fs::remove((mac.temp / selection).text);
  fs::create_symlink(target, (mac.temp / selection).text);
}

std::string truth_line(const std::string& name) {
  return providers::complaint_of({1, "", read_file(truth_path("xcode-select/" + name))});
}

}  // namespace

TEST_CASE("the developer directory comes from the environment, the link, or what is there") {
  const RecordedMac mac;
  CHECK(selected(mac, "developer_dir") == Value(xcode));
  CHECK(selected(mac, "why") == Value("link"));
  CHECK(selected(mac, "usable") == Value(true));
  fs::remove((mac.temp / selection).text);
  CHECK(selected(mac, "developer_dir") == Value(xcode));
  CHECK(selected(mac, "why") == Value("default"));
  fs::remove_all((mac.temp / "root/Applications").text);
  CHECK(selected(mac, "developer_dir") == Value("clt"));
  CHECK(selected(mac, "active") == Value(Path("/Library/Developer/CommandLineTools")));
  fs::remove_all((mac.temp / "root/Library/Developer").text);
  CHECK(selected(mac, "developer_dir").is_absent());
  CHECK(selected(mac, "why") == Value("none"));
  CHECK(selected(mac, "usable") == Value(false));
  CHECK(sdk(mac, "version").is_absent());
}

TEST_CASE("DEVELOPER_DIR hides what is selected, in this session only") {
  const RecordedMac mac;
  mac.say("[environment]", "[environment]\nDEVELOPER_DIR = \"/Applications/Gone.app\"");
  const auto seen = look(*select_family, mac.host(), "", "developer_dir");
  CHECK(seen.value == Value(xcode));
  CHECK(seen.findings ==
        std::vector<std::string>{
            "DEVELOPER_DIR=/Applications/Gone.app/Contents/Developer hides it in this session"});
  CHECK(selected(mac, "why") == Value("env"));
  CHECK(selected(mac, "usable") == Value(false));
}

TEST_CASE("a link to what is gone is still what is selected") {
  const RecordedMac mac;
  relink(mac, "/Applications/Xcode-15.0.0.app/Contents/Developer");
  const auto seen = look(*select_family, mac.host(), "", "developer_dir");
  CHECK(seen.value == Value("/Applications/Xcode-15.0.0.app/Contents/Developer"));
  CHECK(seen.findings == std::vector<std::string>{"/Applications/Xcode-15.0.0.app/Contents/"
                                                  "Developer is not there, or incomplete"});
  CHECK(selected(mac, "usable") == Value(false));
}

TEST_CASE("switching takes root, whether there was a link or none") {
  for (const bool had_link : {true, false}) {
    const RecordedMac mac;
    if (!had_link) fs::remove((mac.temp / selection).text);
    engine::Host host = mac.host();
    const auto prepared = select_family->prepare(select("clt"), host);
    REQUIRE(prepared);
    CHECK(prepared->demands.needs_root);
    CHECK(!prepared->demands.irreversible);
    CHECK(apply_to(*select_family, host, select("clt")) == "");
    CHECK(selected(mac, "developer_dir") == Value("clt"));
  }
}

TEST_CASE("what cannot be selected is refused with a way out") {
  const RecordedMac mac;
  engine::Host host = mac.host();
  CHECK(apply_to(*select_family, host, select("/Applications/Old.app/Contents/Developer")) ==
        "`/Applications/Old.app/Contents/Developer` is no complete developer directory | install "
        "that Xcode first");
  fs::create_symlink("Xcode.app", (mac.temp / "root/Applications/Xcode_15.4.app").text);
  CHECK(apply_to(*select_family, host, select("/Applications/Xcode_15.4.app/Contents/Developer")) ==
        "`/Applications/Xcode_15.4.app/Contents/Developer` leads to "
        "`/Applications/Xcode.app/Contents/Developer`, which xcode-select would write | write that "
        "path in the policy");
  mac.fail("no-password");
  CHECK(apply_to(*select_family, host, select("clt")) ==
        "`/usr/bin/xcode-select --switch /Library/Developer/CommandLineTools` ended with status 1: "
        "sudo: a password is required | run `sudo -v` in this terminal, then `gopol apply` again");
  fs::remove((mac.temp / "root/Library/Developer/CommandLineTools/usr/lib/libxcrun.dylib").text);
  CHECK(apply_to(*select_family, host, select("clt")) ==
        "`/Library/Developer/CommandLineTools` is no complete developer directory | assert "
        "`xcode.clt { version >= … }` beside it");
  CHECK(selected(mac, "developer_dir") == Value(xcode));
}

TEST_CASE("a policy names a developer directory in one way") {
  const auto& attributes = select_family->schema().attributes;
  const auto valid = attributes.at(1).validate;
  REQUIRE(valid != nullptr);
  CHECK(why(valid("clt")) == "");
  CHECK(why(valid(Value(xcode))) == "");
  CHECK(why(valid("/Applications/Xcode.app")) == "`/Applications/Xcode.app` is an application");
  CHECK(why(valid("/Library/Developer/CommandLineTools/")) == "the Command Line Tools have a name");
  CHECK(why(valid("/")) == "`/` is no developer directory");
  CHECK(why(valid("Xcode")) == "`Xcode` is no developer directory");
}

TEST_CASE("SDKs are those of the active developer directory") {
  const RecordedMac mac;
  CHECK(sdk(mac, "version") == apple_value("14.5"));
  CHECK(sdk(mac, "versions") == Value(dsl::List{{"14.5"}}));
  CHECK(sdk(mac, "path") ==
        Value(Path(xcode + "/Platforms/MacOSX.platform/Developer/SDKs/MacOSX.sdk")));
  relink(mac, "/Library/Developer/CommandLineTools");
  CHECK(sdk(mac, "version") == apple_value("14.4"));
  CHECK(sdk(mac, "newest") == apple_value("14.4"));
  CHECK(sdk(mac, "versions") == Value(dsl::List{{"13.3", "14.4"}}));
}

TEST_CASE("SDKROOT names the SDK that cgo builds against, whatever it is") {
  const RecordedMac mac;
  const auto said = [&](const std::string& root, const std::string& attribute) {
    RecordedMac other;
    other.say("LANG = ", "SDKROOT = \"" + root + "\"\nLANG = ");
    return look(*sdk_family, other.host(), "", attribute);
  };
  const std::string tools = "/Library/Developer/CommandLineTools/SDKs/";
  CHECK(said(tools + "MacOSX13.3.sdk", "version").value == apple_value("13.3"));
  CHECK(said(tools + "MacOSX13.3.sdk", "version").findings.size() == 1);
  CHECK(said(tools + "MacOSX13.3.sdk", "path").value == Value(Path(tools + "MacOSX13.3.sdk")));
  CHECK(said(tools + "MacOSX13.3.sdk", "newest").value == apple_value("14.5"));
  CHECK(said("/gone.sdk", "version").value.is_absent());
  CHECK(said("/gone.sdk", "version").findings ==
        std::vector<std::string>{
            "SDKROOT=/gone.sdk in this session leads nowhere: cgo finds no headers"});
  CHECK(said("/Applications", "version").findings ==
        std::vector<std::string>{"SDKROOT=/Applications in this session is not an SDK of macOS"});
  CHECK(said("macosx", "version").value == apple_value("14.5"));
  CHECK(said("macosx", "version").findings.empty());
  CHECK(said("iphoneos", "version").value.is_unknown());
}

TEST_CASE("tools that lack their compiler or libxcrun.dylib are not usable") {
  for (const std::string part : {"usr/bin/clang", "usr/lib/libxcrun.dylib"}) {
    CAPTURE(part);
    const RecordedMac mac;
    relink(mac, "/Library/Developer/CommandLineTools");
    CHECK(selected(mac, "usable") == Value(true));
    fs::remove((mac.temp / ("root/Library/Developer/CommandLineTools/" + part)).text);
    CHECK(selected(mac, "usable") == Value(false));
  }
}

TEST_CASE("a link to an Xcode is not a second one") {
  const RecordedMac mac;
  fs::rename((mac.temp / "root/Applications/Xcode.app").text,
             (mac.temp / "root/Applications/Xcode-16.4.0.app").text);
  fs::create_symlink("Xcode-16.4.0.app", (mac.temp / "root/Applications/Xcode.app").text);
  CHECK(app(mac, "installed") == Value(dsl::List{{"/Applications/Xcode-16.4.0.app"}}));
  CHECK(app(mac, "path") == Value(Path("/Applications/Xcode-16.4.0.app")));
}

TEST_CASE("what Xcode's lists say is unknown where they are not understood") {
  for (const std::string file : {"root/Applications/Xcode.app/Contents/version.plist",
                                 "root/Applications/Xcode.app/Contents/Resources/LicenseInfo.plist",
                                 "root/Library/Preferences/com.apple.dt.Xcode.plist"}) {
    for (const std::string bytes : {"", "garbage", "bplist00"}) {
      CAPTURE(file, bytes);
      const RecordedMac mac;
      mac.temp.write(file, bytes);
      CHECK(app(mac, "license_accepted").is_unknown());
    }
  }
}

TEST_CASE("steps to accept a licence begin with what selects its Xcode") {
  const auto steps = [](const RecordedMac& mac) {
    const auto guide = app_family->guide({"xcode.app", "", "license_accepted", ""}, {}, mac.host());
    REQUIRE(guide);
    return guide->steps;
  };
  const RecordedMac mac;
  CHECK(steps(mac) == std::vector<std::string>{"Run `sudo xcodebuild -license accept`"});
  relink(mac, "/Library/Developer/CommandLineTools");
  CHECK(steps(mac).front() ==
        "Run `sudo xcode-select --switch /Applications/Xcode.app/Contents/Developer`: it is not "
        "selected now");
}

TEST_CASE("the Xcode in use is the selected one, whatever its name") {
  if (truth_path("xcode").empty()) return;
  const RecordedMac mac;
  CHECK(app(mac, "path") == Value(Path("/Applications/Xcode.app")));
  CHECK(app(mac, "version") == apple_value("15.4"));
  CHECK(app(mac, "build") == Value("15F31d"));
  CHECK(app(mac, "minimum_macos") == apple_value("14.0"));
  mac.temp.write(
      "root/Applications/Xcode-15.0.0.app/Contents/version.plist",
      "<plist><dict><key>CFBundleShortVersionString</key><string>15.0</string></dict></plist>");
  const std::string renamed = read_file(truth_path("xcode/xcode-select-p-renamed-xcode.txt"));
  relink(mac, renamed.substr(0, renamed.find('\n')));
  CHECK(app(mac, "path") == Value(Path("/Applications/Xcode-15.0.0.app")));
  CHECK(app(mac, "version") == apple_value("15.0"));
  CHECK(app(mac, "build").is_absent());
  CHECK(app(mac, "installed") ==
        Value(dsl::List{{"/Applications/Xcode-15.0.0.app", "/Applications/Xcode.app"}}));
  relink(mac, "/Library/Developer/CommandLineTools");
  CHECK(app(mac, "version") == apple_value("15.4"));
  fs::remove_all((mac.temp / "root/Applications/Xcode.app").text);
  CHECK(app(mac, "version") == apple_value("15.0"));
  fs::remove_all((mac.temp / "root/Applications").text);
  CHECK(app(mac, "version").is_absent());
  CHECK(app(mac, "installed") == Value(dsl::List{}));
}

TEST_CASE("version.plist tells version and build of Xcode") {
  if (truth_path("xcode").empty()) return;
  const RecordedMac mac;
  mac.temp.write("root/Applications/Xcode.app/Contents/version.plist",
                 read_file(truth_path("xcode/version.plist-15.4.plist")));
  CHECK(app(mac, "version") == apple_value("15.4"));
  CHECK(app(mac, "build") == Value("15F31d"));
}

TEST_CASE("the licence is accepted, not accepted, or nobody can tell") {
  const RecordedMac mac;
  const std::string license = "root/Applications/Xcode.app/Contents/Resources/LicenseInfo.plist";
  const std::string preferences = "root/Library/Preferences/com.apple.dt.Xcode.plist";
  CHECK(app(mac, "license_accepted") == Value(true));
  mac.temp.write(license,
                 "<plist><dict><key>licenseID</key><string>EA2002</string></dict></plist>");
  CHECK(app(mac, "license_accepted") == Value(false));
  fs::remove((mac.temp / license).text);
  CHECK(app(mac, "license_accepted") == Value(true));
  mac.temp.write(preferences,
                 "<plist><dict><key>IDEXcodeVersionForAgreedToGMLicense</key><string>15.0</"
                 "string></dict></plist>");
  CHECK(reason(app(mac, "license_accepted")) ==
        "the licence of Xcode 15.0 was accepted, this is 15.4");
  fs::remove((mac.temp / preferences).text);
  CHECK(app(mac, "license_accepted") == Value(false));
}

TEST_CASE("messages of xcode-select and xcrun are passed on, never decided by") {
  if (truth_path("xcode-select").empty()) return;
  const std::pair<const char*, const char*> told[] = {
      {"install-already-installed-14.txt",
       "xcode-select: note: Command line tools are already installed."},
      {"install-already-installed-older.txt",
       "xcode-select: error: command line tools are already installed,"},
      {"license-unaccepted-xcode11-nonroot.stderr.txt",
       "Agreeing to the Xcode/iOS license requires admin privileges"},
      {"license-unaccepted-xcode16.txt",
       "You have not agreed to the Xcode and Apple SDKs license."},
      {"shim-no-developer-tools-10.15.stderr.txt",
       "xcode-select: note: no developer tools were found at '/Applications/Xcode.app'"},
      {"switch-to-missing-dir.stderr.txt",
       "xcode-select: error: invalid developer directory "
       "'/Applications/Xcode.app/Contents/Developer'"},
      {"xcode-select-p-none.stderr.txt",
       "xcode-select: error: unable to get active developer directory"},
      {"xcodebuild-with-clt-selected.stderr.txt",
       "xcode-select: error: tool 'xcodebuild' requires Xcode"},
      {"xcrun-active-path-does-not-exist.stderr.txt",
       "xcrun: error: active developer path "
       "(\"/Applications/Xcode.app/Contents/Developer\") does not exist"},
      {"xcrun-invalid-active-developer-path.stderr.txt",
       "xcrun: error: invalid active developer path (/Library/Developer/CommandLineTools)"},
      {"xcrun-missing-utility.stderr.txt", "xcrun: error: unable to find utility \"xcresulttool\""},
      {"xcrun-show-sdk-platform-version-clt-26.5.txt",
       "xcrun: error: unable to lookup item 'PlatformVersion' from command line tools"}};
  for (const auto& [file, begins] : told) {
    CAPTURE(file, truth_line(file));
    CHECK(truth_line(file).starts_with(begins));
  }
  const RecordedMac mac;
  engine::Host host = mac.host();
  const auto ran = providers::run_program(
      {.argv = {"/usr/bin/xcode-select", "--switch", "/Gone"}, .user = providers::root_user}, host);
  CHECK(why(ran) ==
        "`/usr/bin/xcode-select --switch /Gone` ended with status 1: xcode-select: error: invalid "
        "developer directory '/Gone'");
}

TEST_CASE("Linux has no Xcode, which is said") {
  const Machine box;
  CHECK(reason(look(*select_family, box.host(), "", "developer_dir").value) ==
        "only a Mac has a developer directory");
  CHECK(reason(look(*sdk_family, box.host(), "", "version").value) == "only a Mac has these SDKs");
  CHECK(reason(look(*app_family, box.host(), "", "installed").value) == "only a Mac has Xcode");
  CHECK(!select_family->prepare(select("clt"), box.host()));
}
