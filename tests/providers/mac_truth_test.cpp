// What must be concluded from files and outputs of real Macs.
#include <filesystem>

#include "providers/machine/os.h"
#include "providers/machine/session.h"
#include "providers/shell/session/login_path.h"
#include "tests/catch.h"
#include "tests/providers/recorded_mac.h"
#include "tests/table.h"

using namespace gopol;
using namespace gopol::tests;
using dsl::Value;

namespace fs = std::filesystem;

namespace {

/// The files of a truth folder whose names begin like this.
std::vector<fs::path> files(const std::string& folder, const std::string& prefix) {
  std::vector<fs::path> out;
  const std::string path = truth_path(folder);
  if (path.empty()) return out;
  for (const auto& entry : fs::directory_iterator(path)) {
    if (entry.path().filename().string().starts_with(prefix)) out.push_back(entry.path());
  }
  return out;
}

Machine mac() {
  Machine out;
  out.is.platform = "macos";
  out.is.user_shell = "/bin/zsh";
  out.is.user.home = dsl::Path("/Users/ann");
  return out;
}

}  // namespace

TEST_CASE("a SystemVersion.plist tells version and build", "[truth]") {
  const auto os = providers::os_provider();
  for (const fs::path& file : files("os", "SystemVersion-")) {
    CAPTURE(file.filename().string());
    const std::string stem = file.stem().string();  // SystemVersion-14.5-23F79
    const std::size_t first = stem.find('-'), second = stem.find('-', first + 1);
    const std::string version = stem.substr(first + 1, second - first - 1);
    const Machine machine = mac();
    machine.temp.write("System/Library/CoreServices/.SystemVersionPlatform.plist",
                       read_file(file.string()));
    CHECK(look(*os, machine.host(), "", "version").value ==
          Value(dsl::Version{version, dsl::VersionScheme::apple}));
    CHECK(look(*os, machine.host(), "", "build").value == Value(stem.substr(second + 1)));
    CHECK(look(*os, machine.host(), "", "beta").value == Value(false));
  }
}

TEST_CASE("a build number tells a beta from a release", "[truth]") {
  const auto rows = truth_csv("os/macos-builds.csv");
  for (std::size_t i = 1; i < rows.size(); ++i) {
    CAPTURE(rows[i][0], rows[i][1]);
    CHECK(providers::is_beta_build(rows[i][1]) == rows[i][2].starts_with("beta"));
  }
}

TEST_CASE("profiles says whether a Mac is managed", "[truth]") {
  const auto machine = providers::machine_provider();
  for (const fs::path& file : files("admin", "profiles-status-enrollment-")) {
    CAPTURE(file.filename().string());
    const RecordedMac recorded;
    recorded.temp.write("tools/profiles",
                        "#!/bin/sh\ncat <<'E'\n" + read_file(file.string()) + "E\n");
    const bool managed = file.stem().string().find("none") == std::string::npos;
    CHECK(look(*machine, recorded.host(), "", "managed").value == Value(managed));
  }
}

TEST_CASE("path_helper puts the system's folders first, as on a Mac with Go's package", "[truth]") {
  const std::string folder = truth_path("shell");
  if (folder.empty()) return;
  const Machine machine = mac();
  std::string want;
  const auto add = [&](const std::string& lines) {
    for (const char c : lines) want += c == '\n' ? ':' : c;
  };
  machine.temp.write("etc/paths", read_file(folder + "/etc-paths-13plus.txt"));
  machine.temp.write("etc/paths.d/go", read_file(folder + "/etc-paths.d-go.txt"));
  machine.temp.write("etc/zprofile", read_file(folder + "/etc-zprofile.txt"));
  machine.temp.write("Users/ann/.zshenv", "export PATH=\"/early:$PATH\"\n");
  add(read_file(folder + "/etc-paths-13plus.txt"));
  add(read_file(folder + "/etc-paths.d-go.txt"));
  std::string seen;
  for (const auto& entry : providers::shell::login_path(machine.host()).entries)
    seen += entry.folder + ":";
  CHECK(seen == want + "/early:");
  std::string gui = read_file(folder + "/gui-app-path.txt");
  gui.erase(gui.find_last_not_of('\n') + 1);
  CHECK(gui == providers::shell::macos_gui_path);
}
