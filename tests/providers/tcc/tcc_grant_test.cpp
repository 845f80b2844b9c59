#include "providers/tcc/grant.h"

#include <filesystem>

#include "providers/tcc/services.h"
#include "tests/catch.h"
#include "tests/providers/recorded_mac.h"
#include "tests/providers/tcc/tcc_mac.h"
#include "tests/table.h"

using namespace gopol;
using namespace gopol::tests;
using dsl::Value;

namespace {

const auto provider = providers::tcc::grant_provider();

const std::string schema = read_file(GOPOL_SOURCE_DIR "/tests/data/tcc/schema-macos14-fresh.sql");
const std::string schema27 =
    read_file(GOPOL_SOURCE_DIR "/tests/data/tcc/schema-macos27-migrated.sql");
constexpr const char* terminal_requirement =
    "x'fade0c000000003000000001000000060000000200000012636f6d2e6170706c652e5465726d696e616c"
    "000000000003'";

std::string row(const std::string& service, const std::string& client, const std::string& value,
                const SqlRow& more = {}) {
  SqlRow all = {{"service", "'kTCCService" + service + "'"},
                {"client", "'" + client + "'"},
                {"client_type", client.starts_with('/') ? "1" : "0"},
                {"auth_value", value},
                {"auth_reason", "2"},
                {"auth_version", "1"}};
  all.insert(all.end(), more.begin(), more.end());
  return insert_statement(all, schema27);
}

/// A Mac with these rows of the system, and of the user.
struct Decided : TccMac {
  explicit Decided(const std::string& system_rows, const std::string& user_rows = "",
                   const std::string& macos = "14.5")
      : TccMac(macos) {
    system(database_bytes((macos == "27.0" ? schema27 : schema) + system_rows));
    user(database_bytes((macos == "27.0" ? schema27 : schema) + user_rows));
  }
};

std::string seen(const TccMac& mac, const std::string& client, const std::string& service) {
  return reason(look(*provider, mac.host(), client, service).value);
}

std::string override_of(const std::string& client, const std::string& service,
                        const std::string& says, const std::string& requirement) {
  return "<plist version=\"1.0\"><dict><key>" + client + "</key><dict><key>kTCCService" + service +
         "</key><dict><key>Authorization</key><string>" + says +
         "</string><key>CodeRequirement</key><string>" + requirement +
         "</string></dict></dict></dict></plist>";
}

constexpr const char* is_terminal = "identifier \"com.apple.Terminal\" and anchor apple";

}  // namespace

TEST_CASE("the services are those of the table, each with a help instead of enforce") {
  std::vector<std::string> names;
  const auto rows = truth_csv("tcc/services.csv");
  for (std::size_t i = 1; i < rows.size(); ++i) {
    if (rows[i][0].starts_with("kTCCService")) names.push_back(rows[i][0].substr(11));
  }
  std::sort(names.begin(), names.end());
  std::vector<std::string> known;
  for (const auto& attribute : provider->schema().attributes) {
    known.push_back(attribute.name);
    CHECK(attribute.assertable);
    CHECK(!attribute.writable);
    CHECK(attribute.read_only_help.find("gopol guide") != std::string::npos);
  }
  if (!names.empty()) CHECK(known == names);
}

TEST_CASE("an allowed row counts if the program on disk is the one that was meant") {
  const Decided mac(row("SystemPolicyAllFiles", terminal, "2", {{"csreq", terminal_requirement}}) +
                    row("Accessibility", terminal, "0", {{"csreq", terminal_requirement}}) +
                    row("ScreenCapture", "/bin/bash", "2") + row("ListenEvent", terminal, "1"));
  CHECK(seen(mac, terminal, "SystemPolicyAllFiles") == "allowed");
  CHECK(seen(mac, terminal, "Accessibility") == "denied");
  CHECK(seen(mac, terminal, "ListenEvent") == "undetermined");
  CHECK(seen(mac, terminal, "PostEvent") == "undetermined");
  CHECK(seen(mac, "/bin/bash", "ScreenCapture") == "allowed");
  std::filesystem::remove_all((mac.temp / "System/Applications").text);
  CHECK(
      seen(mac, terminal, "SystemPolicyAllFiles") ==
      "TCC.db says allowed of a program, and com.apple.Terminal was not found in /Applications, "
      "~/Applications, the folders in them, macOS' own, JetBrains Toolbox and Homebrew's Caskroom");
  CHECK(seen(mac, terminal, "Accessibility") == "denied");
  mac.application("Applications/Fake.app", terminal, program_bytes(terminal));
  CHECK(seen(mac, terminal, "SystemPolicyAllFiles") == "undetermined");
}

TEST_CASE("a grant of an ad-hoc program is dead after its upgrade, and a finding says so") {
  const Decided mac(row("SystemPolicyAllFiles", "/opt/homebrew/bin/dlv", "2",
                        {{"csreq",
                          "x'fade0c000000002800000001000000080000001467fbd80629081eb31b5247"
                          "863dd3eeaa076cb804'"}}));
  mac.temp.write("opt/homebrew/bin/dlv", program_bytes("a.out"));
  const auto found = look(*provider, mac.host(), "/opt/homebrew/bin/dlv", "SystemPolicyAllFiles");
  CHECK(found.value == Value("undetermined"));
  REQUIRE(found.findings.size() == 2);
  CHECK(found.findings[1].find("bare tool") != std::string::npos);
  CHECK(found.findings.front() ==
        "TCC.db says allowed, but of another program: cdhash "
        "H\"67fbd80629081eb31b5247863dd3eeaa076cb804\"; System Settings may still show it as on");
}

TEST_CASE("a certificate is verified by codesign, or not at all") {
  const auto vectors = truth_csv("tcc/csreq-vectors.csv");
  if (vectors.empty()) return;
  const std::string requirement = "x'" + vectors[11][2] + "'";  // VS Code
  const std::string code = "com.microsoft.VSCode";
  const Decided mac(row("SystemPolicyAllFiles", code, "2", {{"csreq", requirement}}));
  mac.application("Applications/Code.app", code, program_bytes(code, "UBF8T346G9", true));
  CHECK(seen(mac, code, "SystemPolicyAllFiles").find("cannot be told") != std::string::npos);
  const auto tool = [&](int status) {
    mac.temp.write_program("no-tools/codesign",
                           "#!/bin/sh\n[ \"$1\" = --verify ] || exit 2\n[ \"$3\" = "
                           "/Applications/Code.app ] || exit 2\nexit " +
                               std::to_string(status) + "\n");
  };
  tool(0);
  CHECK(seen(mac, code, "SystemPolicyAllFiles") == "allowed");
  tool(3);
  CHECK(seen(mac, code, "SystemPolicyAllFiles") == "undetermined");
  tool(1);
  CHECK(seen(mac, code, "SystemPolicyAllFiles").find("cannot be told") != std::string::npos);
}

TEST_CASE("a row in the store that macOS does not ask is no grant") {
  const Decided mac(row("Camera", terminal, "2"), row("Accessibility", terminal, "2"));
  CHECK(seen(mac, terminal, "Camera") == "undetermined");
  CHECK(seen(mac, terminal, "Accessibility") == "undetermined");
  const Decided either(row("SystemPolicyAppBundles", terminal, "2"));
  CHECK(
      seen(either, terminal, "SystemPolicyAppBundles") ==
      "the system's TCC.db says allowed, the user's undetermined, and which of them macOS 14 asks "
      "is not known");
  CHECK(seen(either, "com.example.none", "SystemPolicyAppBundles") == "undetermined");
}

TEST_CASE("without Full Disk Access everything is unknown, and it is said what helps") {
  const TccMac mac;
  const std::string folder = "Library/Application Support/com.apple.TCC";
  std::filesystem::create_directories((mac.temp / folder).text);
  std::filesystem::create_symlink("TCC.db", (mac.temp / mac.store).text);  // cannot be opened
  const auto found = look(*provider, mac.host(), terminal, "SystemPolicyAllFiles");
  const auto* unknown = found.value.as<dsl::Unknown>();
  REQUIRE(unknown != nullptr);
  CHECK(unknown->reason.text().ends_with("; reading it takes Full Disk Access"));
  CHECK(unknown->remedy.text().find("Full Disk Access") != std::string::npos);
  CHECK(seen(mac, terminal, "Camera") ==
        "there is no `/Users/dev/Library/Application Support/com.apple.TCC/TCC.db`");
}

TEST_CASE("a profile outranks the row in both directions, if it means this program") {
  const Decided mac(row("SystemPolicyAllFiles", terminal, "2") + row("PostEvent", terminal, "0") +
                    row("ScreenCapture", terminal, "0"));
  mac.profile(override_of(terminal, "SystemPolicyAllFiles", "Deny", is_terminal));
  CHECK(seen(mac, terminal, "SystemPolicyAllFiles") == "denied");
  mac.profile(override_of(terminal, "PostEvent", "Allow", is_terminal));
  CHECK(seen(mac, terminal, "PostEvent") == "allowed");
  mac.profile(override_of(terminal, "PostEvent", "Allow", "identifier \"other\""));
  CHECK(seen(mac, terminal, "PostEvent") == "denied");
  mac.profile(override_of(terminal, "PostEvent", "Allow", "anchor of trust"));
  CHECK(seen(mac, terminal, "PostEvent").starts_with("a profile allows it, but whether"));
  mac.profile(override_of(terminal, "ScreenCapture", "Allow", is_terminal));
  CHECK(seen(mac, terminal, "ScreenCapture") == "denied");
  mac.profile("half a <plist");
  CHECK(seen(mac, terminal, "PostEvent").find("MDMOverrides.plist` cannot be read") !=
        std::string::npos);
}

TEST_CASE("a service that is switched off for everybody is denied") {
  const Decided mac(row("Accessibility", terminal, "2") +
                    "INSERT INTO access_overrides VALUES ('kTCCServiceAccessibility');");
  CHECK(seen(mac, terminal, "Accessibility") == "denied");
}

TEST_CASE("events go to receivers, each with its own row and its own identity") {
  const std::string finder = "com.apple.finder";
  const auto to = [&](const std::string& receiver, const std::string& value,
                      const std::string& identity = "NULL") {
    return row("AppleEvents", terminal, value,
               {{"indirect_object_identifier", "'" + receiver + "'"},
                {"indirect_object_code_identity", identity}});
  };
  const auto allowed = [&](const TccMac& mac) { return seen(mac, terminal, "AppleEvents"); };
  CHECK(allowed(Decided("", to(finder, "2") + to("com.apple.systemevents", "0"))) ==
        "[com.apple.finder]");
  CHECK(allowed(Decided("", to("UNUSED", "2"))) == "[]");
  CHECK(allowed(Decided(to(finder, "2"))) == "[]");
  CHECK(allowed(Decided("", to(terminal, "2", terminal_requirement))) == "[com.apple.Terminal]");
  CHECK(allowed(Decided("", to(finder, "2", terminal_requirement))) ==
        "com.apple.finder: whether the receiver is the program that was meant cannot be told");
}

TEST_CASE("since macOS 27 nobody but the user sees the user's decisions") {
  const Decided mac(row("SystemPolicyAllFiles", terminal, "2") + row("PostEvent", terminal, "2") +
                        "INSERT INTO managed_overrides (service, client, client_type, auth_reason, "
                        "auth_version, admin_auth_value) VALUES ('kTCCServicePostEvent', "
                        "'com.apple.Terminal', 0, 6, 1, 2);",
                    row("Camera", terminal, "2"), "27.0");
  CHECK(seen(mac, terminal, "SystemPolicyAllFiles") == "allowed");
  CHECK(seen(mac, terminal, "Camera") ==
        "since macOS 27 no program may read what the user decided");
  CHECK(seen(mac, terminal, "AppleEvents") ==
        "since macOS 27 no program may read what the user decided");
  CHECK(seen(mac, terminal, "PostEvent").find("managed_overrides") != std::string::npos);
  mac.profile(override_of(terminal, "Accessibility", "Allow", is_terminal));
  CHECK(seen(mac, terminal, "Accessibility") == "undetermined");
}

TEST_CASE("a database that is being written is not believed") {
  const Decided mac(row("SystemPolicyAllFiles", terminal, "2"));
  mac.temp.write(mac.store + "-journal", "x");
  CHECK(seen(mac, terminal, "SystemPolicyAllFiles") ==
        "`/Library/Application Support/com.apple.TCC/TCC.db` is being written");
}

TEST_CASE("what is no client, and no Mac, is said") {
  CHECK(seen(TccMac(), "Terminal app", "Camera") ==
        "`Terminal app` is neither a bundle identifier nor a full path");
  const Machine linux_box;
  CHECK(reason(look(*provider, linux_box.host(), terminal, "Camera").value) ==
        "only a Mac has TCC");
}

TEST_CASE("the recorded Mac's terminal has Full Disk Access, so its decisions can be read") {
  const RecordedMac mac;
  const auto concluded = [&](const std::string& client, const std::string& service) {
    return reason(look(*provider, mac.host(), client, service).value);
  };
  CHECK(concluded(terminal, "SystemPolicyAllFiles") == "allowed");
  CHECK(concluded(terminal, "SystemPolicyDownloadsFolder") == "denied");
  CHECK(concluded(terminal, "AppleEvents") == "[com.apple.systemevents]");
  CHECK(concluded("/usr/libexec/sshd-keygen-wrapper", "SystemPolicyAllFiles") == "denied");
}
