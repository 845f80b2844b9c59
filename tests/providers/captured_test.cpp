// What programs of real Macs printed, and what gopol concludes of the same Macs. Where gopol reads
// a file instead of starting the program, both must agree.
#include <sys/xattr.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <sstream>

#include "engine/real/real_disk.h"
#include "providers/go/install/toolchain.h"
#include "providers/machine/cpu.h"
#include "providers/machine/os.h"
#include "providers/macho/image.h"
#include "providers/path/path.h"
#include "providers/read/plist_tree.h"
#include "providers/shell/session/login_path.h"
#include "tests/catch.h"
#include "tests/providers/machine.h"
#include "tests/table.h"

using namespace gopol;
using namespace gopol::tests;
using dsl::Value;

namespace {

std::string truth(const std::string& name) { return read_file(truth_path(name)); }

std::vector<std::string> lines_of(const std::string& name) {
  std::istringstream in(truth(name));
  std::vector<std::string> out;
  for (std::string line; std::getline(in, line);) out.push_back(line);
  return out;
}

std::string trimmed(const std::string& text) {
  const std::size_t first = text.find_first_not_of(" \t\"");
  if (first == std::string::npos) return "";
  return text.substr(first, text.find_last_not_of(" \t\"") - first + 1);
}

/// The lines `KEY: value`, or whatever stands between them.
std::map<std::string, std::string> pairs(const std::string& name,
                                         const std::string& between = ":") {
  std::map<std::string, std::string> out;
  for (const std::string& line : lines_of(name)) {
    const std::size_t at = line.find(between);
    if (at != std::string::npos)
      out[trimmed(line.substr(0, at))] = trimmed(line.substr(at + between.size()));
  }
  return out;
}

Machine any_mac() {
  Machine out;
  out.is.platform = "macos";
  out.is.machine = "arm64";
  out.is.user_shell = "/bin/zsh";
  out.is.user.home = dsl::Path("/Users/ann");
  return out;
}

std::string plist_of(const std::map<std::string, std::string>& entries) {
  std::string out = "<plist version=\"1.0\"><dict>";
  for (const auto& [key, value] : entries)
    out += "<key>" + key + "</key><string>" + value + "</string>";
  return out + "</dict></plist>";
}

const std::string core_services = "System/Library/CoreServices/";

Value os(const Machine& machine, const char* attribute) {
  return look(*providers::os_provider(), machine.host(), "", attribute).value;
}

Value cpu(const Machine& machine, const char* attribute) {
  return look(*providers::cpu_provider(), machine.host(), "", attribute).value;
}

dsl::Version apple(const std::string& text) { return {text, dsl::VersionScheme::apple}; }

Machine with_sysctls(const std::string& name) {
  Machine out = any_mac();
  for (const auto& [key, value] : pairs(name)) out.is.sysctls.emplace_back(key, value);
  return out;
}

std::string bytes_of_hex(const std::string& name) {
  std::string out;
  std::string digits = truth(name);
  std::erase_if(digits, [](char c) { return c == ' ' || c == '\n'; });
  for (std::size_t i = 0; i + 1 < digits.size(); i += 2)
    out += static_cast<char>(std::stoi(digits.substr(i, 2), nullptr, 16));
  return out;
}

std::string number(std::uint64_t value, bool big) {
  std::string out;
  for (int i = 0; i < 4; ++i) out += static_cast<char>(value >> (8 * i) & 0xffU);
  if (big) std::reverse(out.begin(), out.end());
  return out;
}

std::string archs(const std::string& bytes) {
  std::string out;
  const auto slices = providers::macho::slices(providers::macho::content_of(bytes));
  REQUIRE(slices);
  for (const auto& slice : *slices)
    out += (out.empty() ? "" : " ") + providers::macho::arch_name(slice);
  return out;
}

}  // namespace

TEST_CASE("sw_vers and gopol say the same version and build", "[truth]") {
  for (const char* name :
       {"os/sw_vers-11.1-20C5061b-beta.txt", "os/sw_vers-12.6.3-21G419-arm64.txt",
        "os/sw_vers-13.2-22D49-intel.txt", "os/sw_vers-13.5-22G74-arm64.txt"}) {
    CAPTURE(name);
    const auto said = pairs(name);
    const Machine machine = any_mac();
    machine.temp.write(core_services + ".SystemVersionPlatform.plist",
                       plist_of({{"ProductVersion", said.at("ProductVersion")},
                                 {"ProductBuildVersion", said.at("BuildVersion")}}));
    CHECK(std::string(name).find(said.at("ProductVersion") + "-" + said.at("BuildVersion")) !=
          std::string::npos);
    CHECK(os(machine, "version") == Value(apple(said.at("ProductVersion"))));
    CHECK(os(machine, "build") == Value(said.at("BuildVersion")));
    CHECK(os(machine, "beta") == Value(std::string(name).find("beta") != std::string::npos));
  }
  const auto said = pairs("os/sw_vers-13.2-22D49-intel.txt");
  const Machine machine = any_mac();
  machine.temp.write(core_services + "SystemVersion.plist",
                     truth("os/SystemVersion-13.2-22D49.plist"));
  CHECK(os(machine, "version") == Value(apple(said.at("ProductVersion"))));
  CHECK(os(machine, "build") == Value(said.at("BuildVersion")));
  const auto profiled = pairs("os/system_profiler-SPSoftwareDataType-13.5-22G74.txt");
  const auto same = pairs("os/sw_vers-13.5-22G74-arm64.txt");
  CHECK(profiled.at("System Version") ==
        "macOS " + same.at("ProductVersion") + " (" + same.at("BuildVersion") + ")");
}

TEST_CASE("of a Mac with a Rapid Security Response, gopol knows the build that sw_vers prints",
          "[truth]") {
  const auto said = pairs("os/sw_vers-13.3.1a-22E772610a.txt");
  const Machine machine = any_mac();
  machine.temp.write(
      core_services + ".SystemVersionPlatform.plist",
      plist_of(pairs("os/plutil-p-SystemVersion-13.3.1-22E261-with-RSR-installed.txt", "=>")));
  CHECK(os(machine, "build") == Value("22E261"));  // what the sealed volume knows
  const std::string preboot = "System/Volumes/Preboot/";
  machine.temp.write(preboot + "0-OTHER/cryptex1/current/SystemVersion.plist",
                     plist_of({{"ProductVersion", "12.6.3"}, {"ProductBuildVersion", "21G419"}}));
  machine.temp.write(
      preboot + "6B08394E/cryptex1/current/SystemVersion.plist",
      plist_of(pairs("os/plutil-p-cryptex1-SystemVersion-13.3.1a-22E772610a.txt", "=>")));
  CHECK(os(machine, "build") == Value(said.at("BuildVersion")));
  CHECK(os(machine, "version") == Value(apple(said.at("ProductVersion"))));
  CHECK(os(machine, "beta") == Value(false));
}

TEST_CASE("gopol is not told an old version as programs of an old SDK are", "[truth]") {
  const std::string old_answer = truth("os/osquery-os_version-11.1-compat.txt");
  REQUIRE(old_answer.find("| 10.16   |") != std::string::npos);
  const auto said = pairs("os/sw_vers-11.1-20C5061b-beta.txt");
  const Machine machine = any_mac();
  machine.temp.write(core_services + "SystemVersion.plist",
                     plist_of({{"ProductVersion", "10.16"}, {"ProductBuildVersion", "20C60"}}));
  machine.temp.write(core_services + ".SystemVersionPlatform.plist",
                     plist_of({{"ProductVersion", said.at("ProductVersion")},
                               {"ProductBuildVersion", said.at("BuildVersion")}}));
  CHECK(os(machine, "version") == Value(apple("11.1")));
  CHECK(os(machine, "beta") == Value(true));
}

TEST_CASE("what sysctl prints of an M1 tells its processor, as system_profiler does", "[truth]") {
  const Machine m1 = with_sysctls("cpu/sysctl-machdep.cpu-m1-native.txt");
  const auto profiled = pairs("cpu/system_profiler-SPHardwareDataType-m1.txt");
  CHECK(cpu(m1, "brand") == Value(profiled.at("Chip")));
  CHECK(profiled.at("Total Number of Cores")
            .starts_with(*m1.host().system().sysctl("machdep.cpu.core_count") + " "));
  CHECK(cpu(with_sysctls("cpu/sysctl-machdep.cpu-m1-pro.txt"), "brand") == Value("Apple M1 Pro"));
  Machine arm = with_sysctls("cpu/sysctl-hw.optional-m1.txt");
  CHECK(cpu(arm, "arch") == Value("arm64"));
  CHECK(cpu(arm, "translated") == Value(false));
  arm.is.machine = "x86_64";  // what uname says under Rosetta
  CHECK(cpu(arm, "arch") == Value("arm64"));
}

TEST_CASE("a key that sysctl does not know means an Intel Mac that translates nothing", "[truth]") {
  const std::string refused = truth("cpu/sysctl-proc_translated-intel.stderr.txt");
  CHECK(refused == "sysctl: unknown oid 'sysctl.proc_translated'\n");
  Machine intel = any_mac();  // no such key, as there
  intel.is.machine = "x86_64";
  const auto profiled = pairs("cpu/system_profiler-SPHardwareDataType-intel.txt");
  CHECK(profiled.count("Chip") == 0);
  CHECK(profiled.at("Processor Name") == "Intel Core i7");
  CHECK(cpu(intel, "arch") == Value("x86_64"));
  CHECK(cpu(intel, "translated") == Value(false));
  CHECK(cpu(intel, "cores").is_unknown());  // not guessed from the name
}

TEST_CASE("lipo, file and gopol name the same architectures in the same order", "[truth]") {
  CHECK(
      "Architectures in the fat file: /opt/macports-test-universal/lib/libfontconfig.dylib are: " +
          archs(bytes_of_hex("macho/fat-header-i386-x86_64-lib64.hex") +
                std::string(1 << 20, '\0')) +
          " \n" ==
      truth("macho/lipo-info-fat.txt"));
  const std::string arm = archs(bytes_of_hex("macho/header-go-darwin-arm64.hex"));
  CHECK(truth("macho/lipo-info-thin.txt").ends_with(" is architecture: " + arm + "\n"));
  CHECK(truth("macho/file-thin-arm64.txt").ends_with(": Mach-O 64-bit executable " + arm + "\n"));

  // The file that `lipo -detailed_info` describes, with the headers of two programs in it.
  std::string head = number(0xcafebabe, true) + number(2, true), body;
  std::map<std::string, std::uint64_t> now;
  const auto lines = lines_of("macho/lipo-detailed_info-universal.txt");
  for (const std::string& line : lines) {
    std::istringstream words(line);
    std::string key, value;
    words >> key >> value;
    if (key == "offset" || key == "size") now[key] = std::stoull(value);
    if (key != "align") continue;
    const bool first = body.empty();
    head += number(first ? 0x01000007 : 0x0100000c, true) + number(first ? 3 : 0, true) +
            number(now["offset"], true) + number(now["size"], true) + number(first ? 13 : 14, true);
    body.resize(now["offset"] + now["size"]);
    const std::string name = first ? "amd64" : "arm64";
    const std::string program = bytes_of_hex("macho/header-go-darwin-" + name + ".hex");
    std::copy(program.begin(), program.end(),
              body.begin() + static_cast<std::ptrdiff_t>(now["offset"]));
  }
  REQUIRE(!body.empty());
  std::copy(head.begin(), head.end(), body.begin());
  CHECK(archs(body) + "\n" == truth("macho/lipo-archs-universal.txt"));
  const std::string file = truth("macho/file-universal-macos-13plus.txt");
  CHECK(file.find("[x86_64:") < file.find("[arm64:"));  // in the file's order, as archs(body)
}

TEST_CASE("the stamp that vtool shows is the one that gopol reads", "[truth]") {
  const auto shown = lines_of("macho/vtool-show-build.txt");
  const auto packed = [&](const std::string& key) {
    for (const std::string& line : shown) {
      std::istringstream words(line);
      std::string name;
      unsigned major = 0, minor = 0;
      char dot = 0;
      if (words >> name >> major >> dot >> minor && name == key) return major << 16 | minor << 8;
    }
    return 0U;
  };
  std::string command;
  for (const std::uint64_t field : {std::uint64_t{0x32}, std::uint64_t{32}, std::uint64_t{1},
                                    std::uint64_t{packed("minos")}, std::uint64_t{packed("sdk")},
                                    std::uint64_t{1}, std::uint64_t{3}, std::uint64_t{0x03340100}})
    command += number(field, false);
  std::string bytes = bytes_of_hex("macho/header-go-darwin-arm64.hex").substr(0, 16) +
                      number(1, false) + number(command.size(), false) + number(0, false) +
                      number(0, false) + command;
  const auto content = providers::macho::content_of(bytes);
  const auto image =
      providers::macho::read_image(content, providers::macho::slices(content)->front());
  REQUIRE(image);
  REQUIRE(image->builds.size() == 1);
  CHECK(image->builds[0].minos == apple("12.6"));
  CHECK(image->builds[0].sdk == apple("13.1"));
  for (const char* name :
       {"macho/LC_BUILD_VERSION-go119-amd64.hex", "macho/LC_BUILD_VERSION-go119-arm64.hex"}) {
    CAPTURE(name);
    command = bytes_of_hex(name);
    bytes = bytes.substr(0, 16) + number(1, false) + number(command.size(), false) +
            number(0, false) + number(0, false) + command;
    const auto of_go = providers::macho::content_of(bytes);
    const auto read = providers::macho::read_image(of_go, providers::macho::slices(of_go)->front());
    REQUIRE(read);
    const char* oldest = std::string(name).find("amd64") != std::string::npos ? "10.9" : "11.0";
    CHECK(read->builds.at(0).minos == apple(oldest));
  }
}

TEST_CASE("what a shell sets before path_helper comes after the system's folders", "[truth]") {
  const auto said = pairs("shell/path-before-after-path_helper.txt");
  Machine machine = any_mac();
  machine.temp.write("etc/paths", "/usr/bin\n/bin\n/usr/sbin\n/sbin\n");
  machine.temp.write("etc/zprofile", truth("shell/etc-zprofile.txt"));
  machine.temp.write("Users/ann/.zshenv", "export PATH='" + said.at("before") + "'\n");
  std::string seen;
  for (const auto& entry : providers::shell::login_path(machine.host()).entries)
    seen += (seen.empty() ? "" : ":") + entry.folder;
  // The capture ends before the folder that is the last one here, /usr/local/sbin.
  CHECK(seen == said.at("after") + ":/usr/local/sbin");
  machine.temp.write("etc/paths.d/homebrew", truth("shell/etc-paths.d-homebrew.txt"));
  const auto folders = providers::shell::login_path(machine.host()).entries;
  REQUIRE(folders.size() > 4);
  CHECK(folders[4].folder == "/opt/homebrew/bin");
  CHECK(folders[4].origin == "/etc/paths.d/homebrew:1");
}

TEST_CASE("an agent sees Homebrew only if its own file says so", "[truth]") {
  const auto plist = providers::parse_plist(truth("admin/LaunchAgent-example.plist"));
  REQUIRE(plist);
  CHECK(plist->text_of("Label") == "com.example.gopol.agent");
  const auto* variables = plist->find("EnvironmentVariables");
  REQUIRE(variables != nullptr);
  CHECK(variables->text_of("PATH").starts_with("/opt/homebrew/bin:"));
  const Value usual = look(*providers::path_provider(), any_mac().host(), "", "agent").value;
  CHECK(variables->text_of("PATH").ends_with(
      std::string(providers::shell::macos_gui_path)));  // what it adds comes before
  CHECK(usual == Value(dsl::List{{"/usr/bin", "/bin", "/usr/sbin", "/sbin"}}));
}

TEST_CASE("Go's package is known by its receipt, its version by the tree", "[truth]") {
  const auto receipt = pairs("shell/pkgutil-org.golang.go-1.26.5.txt");
  const Machine machine = any_mac();
  machine.temp.write("usr/local/go/VERSION", truth("shell/usr-local-go-VERSION-1.22.4.txt"));
  machine.temp.write_program("usr/local/go/bin/go",
                             bytes_of_hex("macho/header-go-darwin-arm64.hex"));
  const auto provider = providers::go::toolchain_provider({});
  const auto seen = [&](const char* attribute) {
    return look(*provider, machine.host(), "/usr/local/go", attribute).value;
  };
  CHECK(seen("version") == Value(dsl::Version{"1.22.4", dsl::VersionScheme::go}));
  CHECK(seen("origin") == Value("archive"));
  machine.temp.write("private/var/db/receipts/" + receipt.at("package-id") + ".plist", "");
  CHECK(seen("origin") == Value("pkg"));
  // A receipt may be older or newer than what lies there now: its version, which begins with `go`,
  // is not asked.
  CHECK(receipt.at("version") == "go1.26.5");
  CHECK(seen("version") == Value(dsl::Version{"1.22.4", dsl::VersionScheme::go}));
}

TEST_CASE("a quarantined file that gopol writes stays quarantined, approved or not", "[truth]") {
  struct Case {
    const char* name;
    bool approved;  ///< flag 0x40: the user has let it run
  };
  const Case cases[] = {{"admin/xattr-quarantine-chrome.txt", false},
                        {"admin/xattr-quarantine-safari.txt", false},
                        {"admin/xattr-quarantine-user-approved.txt", true}};
  for (const Case& one : cases) {
    CAPTURE(one.name);
    const std::string mark = pairs(one.name).at("com.apple.quarantine");
    unsigned flags = 0;
    std::from_chars(mark.data(), mark.data() + 4, flags, 16);
    CHECK(((flags & 0x40U) != 0) == one.approved);
    const TempFolder temp;
    const dsl::Path file = temp.write("dlv", "old");
    // Linux wants a namespace before the name.
    const char* name = "user.com.apple.quarantine";
    if (::setxattr(file.text.c_str(), name, mark.data(), mark.size(), 0) != 0) continue;
    REQUIRE(engine::real_disk()->replace(file, "new"));
    std::string kept(mark.size() + 1, '\0');
    const ssize_t size = ::getxattr(file.text.c_str(), name, kept.data(), kept.size());
    CHECK(kept.substr(0, static_cast<std::size_t>(std::max<ssize_t>(size, 0))) == mark);
    CHECK(temp.read("dlv") == "new");
  }
}
