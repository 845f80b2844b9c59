#include "engine/config/config.h"

#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include "engine/config/trust_settings.h"
#include "engine/real/programs.h"
#include "engine/real/real_disk.h"
#include "engine/real/real_network.h"
#include "engine/recorded/recorded_system.h"
#include "tests/catch.h"
#include "tests/table.h"
#include "tests/temp_folder.h"

namespace fs = std::filesystem;
using namespace gopol::engine;
using gopol::dsl::SourceMap;
using gopol::tests::TempFolder;

namespace {

Host host_at(const TempFolder& temp, RecordedMachine machine = {}) {
  if (machine.platform.empty()) machine.platform = "linux";
  machine.user.home = Path("/home/ann");
  machine.user.uid = ::getuid();  // who makes the files
  return {rooted_disk(temp.path()), real_programs(), recorded_system(std::move(machine)),
          net_client({})};
}

}  // namespace

TEST_CASE("without files the configuration has its defaults") {
  const TempFolder temp;
  SourceMap sources;
  const auto config = load_config(host_at(temp), sources);
  REQUIRE(config);
  CHECK(config->sources.empty());
  CHECK(config->download.go == "https://go.dev/dl");
  CHECK(!config->download.trust_index);
  CHECK(config->files.empty());
}

TEST_CASE("the user's and the system-wide file meet, the latter holds") {
  const TempFolder temp;
  temp.write("home/ann/.config/gopol/gopol.toml", R"(
[[source]]
url = "https://git.example/team"
trust = "~/keys"
[[source]]
url = "https://git.example/base"
branch = "mine"
[labels]
team = "payments"
ring = "1"
[download]
go = "https://mirror.example/dl/"
trust_index = true
ca = "ca.pem"
)");
  temp.write("etc/gopol/gopol.toml", R"(
[[source]]
url = "https://git.example/base"
branch = "main"
[labels]
ring = "99"
[download]
go = "file:///srv/go"
[providers]
deadline = "90s"
folder = "/opt/plugins"
)");
  SourceMap sources;
  const auto config = load_config(host_at(temp), sources);
  REQUIRE(config);
  REQUIRE(config->sources.size() == 2);
  CHECK(config->sources[0].branch == "main");
  CHECK(config->sources[0].system_wide);
  CHECK(config->sources[1].url == "https://git.example/team");
  CHECK(config->sources[1].trust.text == "/home/ann/keys");
  CHECK(config->labels.at("team").value == "payments");
  CHECK(!config->labels.at("team").system_wide);
  CHECK(config->labels.at("ring").value == "99");
  CHECK(config->labels.at("ring").system_wide);
  CHECK(config->download.go == "file:///srv/go");
  CHECK(config->download.trust_index);
  CHECK(config->download.ca.text == "/home/ann/.config/gopol/ca.pem");
  CHECK(config->providers.deadline == std::chrono::seconds(90));
  CHECK(config->providers.folder.text == "/opt/plugins");
  CHECK(config->files.size() == 2);
}

TEST_CASE("GOPOL_CONFIG names another user's file") {
  const TempFolder temp;
  temp.write("elsewhere.toml", "[labels]\nteam = \"core\"\n");
  RecordedMachine machine;
  machine.environment = {{"GOPOL_CONFIG", "/elsewhere.toml"}};
  SourceMap sources;
  const auto config = load_config(host_at(temp, machine), sources);
  REQUIRE(config);
  CHECK(config->labels.at("team").value == "core");
}

TEST_CASE("a key that trust hangs on has an effect, or is refused") {
  struct Mode {
    std::string name, lines;
    bool TrustSetting::*holds;
  };
  const std::string commit = "commit = \"" + std::string(40, '1') + "\"\n";
  const Mode modes[] = {{"nobody", "trust = \"none\"\n", &TrustSetting::nobody},
                        {"pinned", "", &TrustSetting::pinned},
                        {"ssh", "trust = \"allowed\"\n", &TrustSetting::ssh},
                        {"gpg", "trust = \"keys.asc\"\n", &TrustSetting::gpg},
                        {"commit", commit, &TrustSetting::commit}};
  for (const TrustSetting& setting : trust_settings) {
    for (const Mode& mode : modes) {
      CAPTURE(std::string(setting.name), mode.name);
      const TempFolder temp;
      std::string text = "[[source]]\nurl = \"https://git.example/team\"\n" + mode.lines;
      if (text.find("\n" + std::string(setting.name) + " = ") == std::string::npos)
        text += std::string(setting.name) + " = \"7d\"\n";
      temp.write("etc/gopol/gopol.toml", text);
      SourceMap sources;
      const auto config = load_config(host_at(temp), sources);
      CHECK(bool(config) == setting.*mode.holds);
      if (!config) CHECK(config.error().front().code == "C5003");
    }
  }
}

TEST_CASE("folders follow the platform and absolute XDG variables") {
  const TempFolder temp;
  RecordedMachine machine;
  machine.environment = {{"XDG_STATE_HOME", "/state"}, {"XDG_CACHE_HOME", "relative"}};
  const Host linux_host = host_at(temp, machine);
  CHECK(config_folder(linux_host.system()).text == "/home/ann/.config/gopol");
  CHECK(state_folder(linux_host.system()).text == "/state/gopol");
  CHECK(cache_folder(linux_host.system()).text == "/home/ann/.cache/gopol");
  CHECK(system_config_folder(linux_host.system()).text == "/etc/gopol");
  machine.platform = "macos";
  const Host mac = host_at(temp, machine);
  CHECK(config_folder(mac.system()).text == "/home/ann/Library/Application Support/gopol");
  CHECK(state_folder(mac.system()).text == "/home/ann/Library/Application Support/gopol/state");
  CHECK(cache_folder(mac.system()).text == "/home/ann/Library/Caches/gopol");
  CHECK(system_config_folder(mac.system()).text == "/Library/Application Support/gopol");
}

TEST_CASE("mistakes in gopol.toml read as their goldens do") {
  const bool accept = std::getenv("GOPOL_ACCEPT") != nullptr;
  int count = 0;
  for (const auto& entry : fs::directory_iterator(GOPOL_SOURCE_DIR "/tests/golden/config")) {
    if (entry.path().extension() != ".toml") continue;
    ++count;
    CAPTURE(entry.path().string());
    const TempFolder temp;
    temp.write("etc/gopol/gopol.toml", gopol::tests::read_file(entry.path().string()));
    SourceMap sources;
    const auto config = load_config(host_at(temp), sources);
    REQUIRE(!config);
    std::string said;
    for (const auto& problem : config.error()) said += gopol::dsl::render(problem, sources);
    const std::string golden = fs::path(entry.path()).replace_extension(".diag").string();
    if (accept) std::ofstream(golden) << said;
    CHECK(said == gopol::tests::read_file(golden));
  }
  CHECK(count >= 4);
}
