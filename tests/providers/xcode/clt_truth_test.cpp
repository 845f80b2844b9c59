// What real Macs print about Command Line Tools and Xcode, and what follows from it.
#include <filesystem>
#include <nlohmann/json.hpp>
#include <sstream>

#include "providers/read/plist_text.h"
#include "providers/read/program.h"
#include "providers/xcode/clang.h"
#include "providers/xcode/labels.h"
#include "providers/xcode/receipt.h"
#include "providers/xcode/sdks.h"
#include "tests/catch.h"
#include "tests/providers/recorded_mac.h"
#include "tests/table.h"

using namespace gopol;
using namespace gopol::tests;
using namespace gopol::providers::xcode;
using dsl::Value;
using Texts = std::vector<std::string>;

namespace {

Texts lines_of(const std::string& name) {
  std::istringstream in(read_file(truth_path(name)));
  Texts out;
  for (std::string line; std::getline(in, line);) out.push_back(line);
  return out;
}

dsl::Version apple_version(const std::string& text) { return {text, dsl::VersionScheme::apple}; }

/// The values after `KEY: ` at the beginning of a line.
Texts values_of(const std::string& name, const std::string& key) {
  Texts out;
  for (const std::string& line : lines_of(name)) {
    if (line.starts_with(key + ": ")) out.push_back(line.substr(key.size() + 2));
  }
  return out;
}

std::vector<Release> releases() { return read_releases(dsl::Path(GOPOL_SOURCE_DIR "/share")); }

std::string sdk_of(const std::string& xcode) {
  for (const Release& release : releases()) {
    if (release.version == xcode) return release.macos_sdk;
  }
  return "";
}

/// The SDK that softwareupdate's list, as an allowed range, would get.
std::string chosen(const std::string& name, const std::string& low) {
  dsl::Allowed allowed;
  allowed.range = dsl::Range{dsl::Bound{apple_version(low), true}, {}};
  const auto label = choose_label(clt_labels(read_file(truth_path(name))), allowed);
  return label ? label->name : label.error().front().message.text();
}

void make_link(const Machine& machine, const std::string& target, const std::string& name) {
  std::filesystem::create_symlink(target, (machine.temp / name).text);
}

const std::string clt_sdks = "Library/Developer/CommandLineTools/SDKs/";
const dsl::Path clt_dir("/Library/Developer/CommandLineTools");

}  // namespace

TEST_CASE("every version of a package ever seen gives the version of the tools") {
  if (truth_path("clt").empty()) return;
  for (const std::string& package : lines_of("clt/CLTools_Executables-versions.txt")) {
    CAPTURE(package);
    const std::string version = product_version(package);
    CHECK(package.starts_with(version + "."));
  }
  CHECK(product_version("13.3.1.0.1.1648687083") == "13.3.1");
  CHECK(product_version("26.3.0.0.1.1771626560") == "26.3");
  CHECK(product_version("26.4.0.0.1774242506") == "26.4");
  CHECK(product_version("10.1.0.0.1.1539992718") == "10.1");
  CHECK(product_version("26.4") == "");
  CHECK(product_version("") == "");
}

TEST_CASE("what pkgutil prints names the same version as the receipt") {
  if (truth_path("clt").empty()) return;
  CHECK(product_version(values_of("clt/pkgutil-CLTools_Executables-14.2.txt", "version").at(0)) ==
        "14.2");
  CHECK(product_version(values_of("clt/pkgutil-CLTools_Executables-15.3.txt", "version").at(0)) ==
        "15.3");
  for (const auto& version :
       values_of("clt/pkgutil-file-info-CommandLineTools-13.4.txt", "pkg-version"))
    CHECK(product_version(version) == "13.4");
  const std::string none = read_file(truth_path("clt/pkgutil-no-receipt.stderr.txt"));
  CHECK(providers::complaint_of({1, "", none}) ==
        "No receipt for 'com.apple.pkg.CLTools_Executables' found at '/'.");
}

TEST_CASE("a receipt is found in each of its places") {
  if (truth_path("clt").empty()) return;
  const std::string text =
      read_file(truth_path("clt/receipt-com.apple.pkg.CLTools_Executables.plist"));
  for (const char* folder : {"Library/Apple/System/Library/Receipts/", "private/var/db/receipts/",
                             "System/Library/Receipts/"}) {
    const Machine machine;
    CHECK(clt_receipt(machine.host()).package.is_absent());
    machine.temp.write(folder + std::string("com.apple.pkg.CLTools_Executables.plist"), text);
    CHECK(clt_receipt(machine.host()).package == Value("26.6.0.0.1781586589"));
  }
  CHECK(product_version("26.6.0.0.1781586589") == "26.6");
}

TEST_CASE("an entry of the history of installations lists the packages of the tools") {
  if (truth_path("clt").empty()) return;
  const std::string text =
      "<plist>" + read_file(truth_path("clt/InstallHistory-clt-11.0-entry.plist-fragment.txt")) +
      "</plist>";
  CHECK(providers::plist_string(text, "displayVersion") == "11.0");
  const auto packages = providers::plist_strings(text, "packageIdentifiers");
  REQUIRE(packages);
  CHECK(packages->size() == 11);
  CHECK(packages->front() == "com.apple.pkg.CLTools_Executables");
}

TEST_CASE("labels of all forms are read, and the highest allowed one is chosen") {
  if (truth_path("clt").empty()) return;
  const auto old =
      clt_labels(read_file(truth_path("clt/softwareupdate-list-10.12-old-format.txt")));
  REQUIRE(old.size() == 2);
  CHECK(old[1] == Label{"Command Line Tools (macOS Sierra version 10.12) for Xcode-8.2",
                        apple_version("8.2"), false});
  CHECK(chosen("clt/softwareupdate-list-10.12-old-format.txt", "8") == old[1].name);
  CHECK(chosen("clt/softwareupdate-list-10.15.txt", "11") == "Command Line Tools for Xcode-11.3");
  CHECK(chosen("clt/softwareupdate-list-26.5-clt-only.txt", "15.4") ==
        "Command Line Tools for Xcode 26.5-26.5");
  CHECK(chosen("clt/softwareupdate-list-26.5-clt-only.txt", "26.6") ==
        "Software Update offers 26.5, and none is >= 26.6");
  for (const char* none :
       {"clt/softwareupdate-list-none.txt", "clt/softwareupdate-install-no-such-update.txt"})
    CHECK(chosen(none, "1") == "Software Update offers no Command Line Tools");
}

TEST_CASE("among many labels the order is that of versions, not of text") {
  const auto labels = clt_labels(
      "* Label: Command Line Tools for Xcode-16.4\n\tTitle: C, Version: 16.4, Size: 1KiB, \n"
      "* Label: Command Line Tools for Xcode 26.5-26.5\n\tTitle: C, Version: 26.5, Size: 1KiB, \n"
      "* Label: Command Line Tools for Xcode-9.1\n\tTitle: C, Version: 9.1, Size: 1KiB, \n"
      "* Label: Command Line Tools beta 2 for Xcode-27.0\n\tTitle: C, Version: 27.0, Size: 1KiB, \n"
      "* Label: macOS Tahoe 26.6-25G83\n\tTitle: macOS Tahoe 26.6, Version: 26.6, Size: 1KiB, \n");
  CHECK(labels.size() == 4);
  CHECK(choose_label(labels, {})->name == "Command Line Tools for Xcode 26.5-26.5");
}

TEST_CASE("a wrong label is told in softwareupdate's words, which gopol does not rely on") {
  if (truth_path("clt").empty()) return;
  const std::string text = read_file(truth_path("clt/softwareupdate-install-no-such-update.txt"));
  CHECK(providers::complaint_of({0, text, ""}) == "No updates are available.");
}

TEST_CASE("the top folders alone are no installation") {
  if (truth_path("clt").empty()) return;
  const Machine machine;
  for (const std::string& name : lines_of("clt/ls-1-CommandLineTools.txt"))
    machine.temp.write("Library/Developer/CommandLineTools/" + name + "/.keep", "");
  const Sdks sdks = sdks_of(clt_dir, machine.host());
  CHECK(sdks.versions.empty());
  CHECK(sdks.newest().is_absent());
  CHECK(sdks.usual.is_absent());
}

TEST_CASE("an SDK says itself which it is; its name and its links do not count") {
  if (truth_path("clt").empty()) return;
  const std::string settings = read_file(truth_path("clt/SDKSettings-14.5.essential.json"));
  const Machine machine;
  machine.temp.write(clt_sdks + "MacOSX26.4.sdk/SDKSettings.json", settings);
  machine.temp.write(clt_sdks + "MacOSX11.sdk/readme", "");
  machine.temp.write(clt_sdks + "MacOSX10.13.sdk/SDKSettings.plist",
                     "<plist><dict><key>CanonicalName</key><string>macosx10.13</string>"
                     "<key>Version</key><string>10.13</string></dict></plist>");
  machine.temp.write(clt_sdks + "MacOSXDriver.sdk/SDKSettings.json",
                     R"({"CanonicalName":"driverkit.macosx19.0","Version":"19.0"})");
  make_link(machine, "MacOSX26.4.sdk", clt_sdks + "MacOSX.sdk");
  make_link(machine, "gone.sdk", clt_sdks + "MacOSX12.sdk");
  const Sdks sdks = sdks_of(clt_dir, machine.host());
  CHECK(sdks.texts() == Value(dsl::List{{"10.13", "14.5"}}));
  CHECK(sdks.usual == Value(apple_version("14.5")));
  const std::string folder = "/" + clt_sdks;
  CHECK(sdks.findings == Texts{folder + "MacOSX11.sdk does not say which SDK it is",
                               folder + "MacOSX12.sdk leads nowhere",
                               folder + "MacOSXDriver.sdk does not say which SDK it is"});
}

TEST_CASE("a folder of SDKs as tools 16.0 leave it on macOS 14 has two, the newer one is usual") {
  if (truth_path("clt").empty()) return;
  const Machine machine;
  for (const std::string& line : lines_of("clt/ls-l-SDKs-clt16.0-on-14.txt")) {
    const std::string name = line.substr(line.find("MacOSX"));
    if (const std::size_t arrow = name.find(" -> "); arrow != std::string::npos) {
      std::filesystem::create_directories((machine.temp / clt_sdks).text);
      make_link(machine, name.substr(arrow + 4), clt_sdks + name.substr(0, arrow));
      continue;
    }
    const std::string version = name.substr(6, name.size() - 10);
    machine.temp.write(
        clt_sdks + name + "/SDKSettings.json",
        R"({"CanonicalName":"macosx)" + version + R"(","Version":")" + version + "\"}");
  }
  const Sdks sdks = sdks_of(clt_dir, machine.host());
  CHECK(sdks.texts() == Value(dsl::List{{"14.5", "15.0"}}));
  CHECK(sdks.newest() == Value(apple_version("15.0")));
  CHECK(sdks.usual == Value(apple_version("15.0")));
  CHECK(sdks.usual_path == clt_dir / "SDKs/MacOSX.sdk");
}

TEST_CASE("tools of a number need not bring the SDK of that number") {
  if (truth_path("clt").empty()) return;
  const auto seen =
      nlohmann::json::parse(read_file(truth_path("clt/sdk-links-clt26.6-on-26.6.2.json")));
  CHECK(product_version(seen["xcodecltversion"].get<std::string>()) == "26.6");
  CHECK(seen["clt_sdks"][0] == "MacOSX.sdk -> MacOSX26.5.sdk");
  CHECK(sdk_of("26.6") == "26.5");
}

TEST_CASE("what clang prints tells its build, and with the SDK the release") {
  if (truth_path("xcode").empty()) return;
  const Clang older = parse_clang(read_file(truth_path("xcode/clang-version-clt15.3-on-14.4.txt")));
  CHECK(older == Clang{"15.0.0", "1500.3.9.4"});
  CHECK(release_with(releases(), older.build, apple_version("14.4")) ==
        Value(apple_version("15.3")));
  CHECK(release_with(releases(), older.build, apple_version("14.5")) ==
        Value(apple_version("15.4")));
  CHECK(reason(release_with(releases(), older.build, {})) ==
        "there is no receipt, and clang-1500.3.9.4 belongs to 15.3 and 15.4");
  const Clang newer = parse_clang(read_file(truth_path("xcode/clang-version-clt16-on-15.txt")));
  CHECK(newer == Clang{"16.0.0", "1600.0.26.6"});
  CHECK(release_with(releases(), newer.build, {}) == Value(apple_version("16.2")));
  CHECK(parse_clang(read_file(truth_path("xcode/swift-clt-vs-xcode-versions.txt"))) == Clang{});
  CHECK(parse_clang("Debian clang version 14.0.6\n") == Clang{});
}

TEST_CASE("gopol's table of releases is the one that was compiled, and Xcode agrees with it") {
  if (truth_path("xcode").empty()) return;
  CHECK(read_file(GOPOL_SOURCE_DIR "/share/xcode-releases.csv") ==
        read_file(truth_path("xcode/xcode-releases.csv")));
  struct Case {
    const char *xcode, *printed;
  };
  for (const auto& [xcode, printed] : {Case{"14.1", "xcode/xcodebuild-showsdks-14.1.txt"},
                                       Case{"14.3.1", "xcode/xcodebuild-showsdks-14.3.1.txt"},
                                       Case{"15.0", "xcode/xcodebuild-showsdks-15.0.txt"},
                                       Case{"15.4", "xcode/xcodebuild-showsdks-15.4-partial.txt"}})
    CHECK(read_file(truth_path(printed)).find("-sdk macosx" + sdk_of(xcode) + "\n") !=
          std::string::npos);
  const auto json = nlohmann::json::parse(
      read_file(truth_path("xcode/xcodebuild-showsdks-json-16.2-fragment.json")));
  CHECK(json[0]["sdkVersion"] == sdk_of("16.2"));
  CHECK(sdk_of("13.2") == "");  // older than the table: nothing is concluded
  CHECK(
      read_file(truth_path("xcode/xcodebuild-showsdks-13.2-intel.txt")).find("-sdk macosx12.1\n") !=
      std::string::npos);
  for (const char* name :
       {"xcode/xcodebuild-version-14.3.1.txt", "xcode/xcodebuild-version-15.0.txt"}) {
    const Texts lines = lines_of(name);
    const std::string row = lines.at(0).substr(6) + "," + lines.at(1).substr(14) + ",";
    CHECK(read_file(GOPOL_SOURCE_DIR "/share/xcode-releases.csv").find("\n" + row) !=
          std::string::npos);
  }
}
