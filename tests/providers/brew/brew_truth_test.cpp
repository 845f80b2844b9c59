// What Homebrew writes and prints on real machines, and what follows from it.
#include <filesystem>
#include <sstream>

#include "providers/brew/kegs.h"
#include "providers/brew/offer.h"
#include "providers/read/program.h"
#include "tests/catch.h"
#include "tests/providers/recorded_mac.h"
#include "tests/table.h"

using namespace gopol;
using namespace gopol::tests;
using namespace gopol::providers::brew;

namespace fs = std::filesystem;

namespace {

std::string truth(const std::string& name) { return read_file(truth_path("brew/" + name)); }

dsl::Version version(const std::string& text) { return {text, dsl::VersionScheme::brew}; }

/// Makes what a layout lists: files, folders that end in `/`, `link -> target`.
void lay_out(const Machine& machine, const std::string& name) {
  std::istringstream in(truth(name));
  for (std::string line; std::getline(in, line);) {
    const std::size_t arrow = line.find(" -> ");
    const std::string path = line.substr(1, arrow == std::string::npos ? arrow : arrow - 1);
    if (arrow != std::string::npos) {
      const dsl::Path link = machine.temp / path;
      fs::create_directories(link.parent().text);
      fs::create_symlink(line.substr(arrow + 4), link.text);
    } else if (path.ends_with('/')) {
      fs::create_directories((machine.temp / path).text);
    } else {
      machine.temp.write(path, "");
    }
  }
}

const Prefix opt_homebrew{dsl::Path("/opt/homebrew"), "arm64", false};

}  // namespace

TEST_CASE("a formula as brew lays it out is installed and linked; its aliases are not formulae") {
  if (truth_path("brew").empty()) return;
  const Machine machine;
  lay_out(machine, "layout-go-1.22.4-arm64.txt");
  const Formula go = read_formula(opt_homebrew, "go", machine.host());
  CHECK(go.kegs == std::vector{version("1.22.4")});
  CHECK(go.active == version("1.22.4"));
  CHECK(go.linked == version("1.22.4"));
  CHECK(!go.pinned);
  for (const char* alias : {"golang", "go@1.22"}) {
    const Formula other = read_formula(opt_homebrew, alias, machine.host());
    CHECK(other.kegs.empty());
    CHECK(other.other_name == "go");
  }
}

TEST_CASE("a keg-only formula is installed and not linked") {
  if (truth_path("brew").empty()) return;
  const Machine machine;
  lay_out(machine, "layout-go@1.21-keg-only-arm64.txt");
  const Formula go = read_formula(opt_homebrew, "go@1.21", machine.host());
  CHECK(go.active == version("1.21.11"));
  CHECK(!go.linked);
  CHECK(installed_formulae(opt_homebrew, machine.host()) == std::vector<std::string>{"go@1.21"});
}

TEST_CASE("receipts of three ages are read; what is missing stays unsaid") {
  if (truth_path("brew").empty()) return;
  const KegReceipt go = parse_receipt(truth("INSTALL_RECEIPT-go-1.22.4-arm64.json"));
  CHECK(go.tap == "homebrew/core");
  CHECK(go.arch == "arm64");
  CHECK(go.on_request == true);
  CHECK(go.from_bottle == true);
  const KegReceipt old = parse_receipt(truth("INSTALL_RECEIPT-homebrew-test-fixture-1.1.6.json"));
  CHECK(old.tap == "homebrew/core");
  CHECK(!old.arch);
  CHECK(old.from_bottle == true);
  const KegReceipt jq = parse_receipt(truth("INSTALL_RECEIPT-jq-1.8.2-arm64-brew6.json"));
  CHECK(jq.on_request == true);
  CHECK(jq.arch == "arm64");
  CHECK(parse_receipt("{}").trouble.is_absent());
  CHECK(parse_receipt("[").trouble.is_unknown());
}

TEST_CASE("what brew offers is the stable version with its revision") {
  if (truth_path("brew").empty()) return;
  const auto go = parse_offer(truth("info-json-v2-go-essential.json"));
  REQUIRE(go);
  CHECK(go->name == "go");
  CHECK(go->version.text == "1.22.4");
  const auto revised =
      parse_offer(R"({"formulae":[{"name":"a","versions":{"stable":"1"},"revision":2}]})");
  REQUIRE(revised);
  CHECK(revised->version.text == "1_2");
  CHECK(!parse_offer(R"({"formulae":[],"casks":[{"token":"a","installed":"1"}]})"));
}

TEST_CASE("every version that brew lists has a place in its order") {
  if (truth_path("brew").empty()) return;
  std::istringstream in(truth("list-versions-excerpt-13.5.txt"));
  std::string name, text;
  while (in >> name >> text) {
    CAPTURE(name);
    CHECK(dsl::is_valid(text, dsl::VersionScheme::brew));
    CHECK((dsl::compare(version(text), version(text + "_9")) < 0));
  }
  CHECK((dsl::compare(version("1.6.3_1"), version("1.6.3")) > 0));
  CHECK((dsl::compare(version("20190702_1"), version("20190702_2")) < 0));
}

TEST_CASE("of brew's refusals the first line is told") {
  if (truth_path("brew").empty()) return;
  struct Case {
    const char *name, *says;
  };
  for (const auto& [name, says] :
       {Case{"run-as-root.stderr.txt",
             "Running Homebrew as root is extremely dangerous and no longer supported."},
        Case{"install-arm-cpu-intel-prefix.stderr.txt",
             "Cannot install in Homebrew on ARM processor in Intel default prefix (/usr/local)!"},
        Case{"install-intel-cpu-arm-prefix.stderr.txt",
             "Cannot install on Intel processor in ARM default prefix (/opt/homebrew)!"},
        Case{"install-rosetta-arm-prefix.stderr.txt",
             "Cannot install under Rosetta 2 in ARM default prefix (/opt/homebrew)!"},
        Case{"license-not-agreed.stderr.txt",
             "You have not agreed to the Xcode license. Please resolve this by running: sudo "
             "xcodebuild -license accept"}})
    CHECK(providers::complaint_of({1, "", truth(name)}) == says);
}

TEST_CASE("the recorded brew refuses as real ones do: root, Rosetta, licence") {
  const RecordedMac mac;
  engine::Host host = mac.host();
  const auto said = [&](std::vector<std::string> argv, std::optional<std::uint32_t> user = {}) {
    const auto ran = providers::run_program({.argv = std::move(argv), .user = user}, host);
    return why(ran);
  };
  const std::string brew = "/opt/homebrew/bin/brew";
  CHECK(said({brew, "pin", "go"}, providers::root_user)
            .ends_with("extremely dangerous and no longer supported."));
  mac.temp.write("root/Library/Apple/usr/libexec/oah/libRosettaRuntime", "");
  CHECK(said({"/usr/bin/arch", "-x86_64", brew, "pin", "go"}).ends_with("(/opt/homebrew)!"));
  fs::remove((mac.temp / "root/Library/Preferences/com.apple.dt.Xcode.plist").text);
  CHECK(said({brew, "pin", "go"})
            .ends_with("Please resolve this by running: sudo xcodebuild -license accept"));
}

TEST_CASE("brew's own report of a machine agrees with what the prefix says") {
  if (truth_path("brew").empty()) return;
  struct Case {
    const char *name, *prefix, *rosetta;
  };
  for (const auto& [name, prefix, rosetta] :
       {Case{"config-10.14.1-intel-clt-only.txt", "/usr/local", ""},
        Case{"config-13.0-arm64.txt", "/opt/homebrew", "false"},
        Case{"config-13.2.1-arm64.txt", "/opt/homebrew", "false"}}) {
    const std::string text = truth(name);
    const bool arm = text.find("-arm64\n") != std::string::npos;
    Machine machine;
    machine.is.platform = "macos";
    if (arm) machine.is.sysctls = {{"hw.optional.arm64", "1"}};
    machine.temp.write(std::string(prefix).substr(1) + "/bin/brew", "");
    const auto all = prefixes(machine.host()).all;
    REQUIRE(all.size() == 1);
    CHECK(text.find("HOMEBREW_PREFIX: " + all[0].path.text + "\n") != std::string::npos);
    CHECK((text.find("Rosetta 2: ") == std::string::npos) == (all[0].arch == "x86_64"));
    CHECK((*rosetta == '\0' || all[0].translated == (std::string(rosetta) == "true")));
  }
}
