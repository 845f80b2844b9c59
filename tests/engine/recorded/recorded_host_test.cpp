#include "engine/recorded/recorded_host.h"

#include <sys/stat.h>

#include <filesystem>

#include "engine/config/config.h"
#include "tests/catch.h"
#include "tests/temp_folder.h"

namespace fs = std::filesystem;
using namespace gopol::engine;
using gopol::dsl::SourceMap;
using gopol::dsl::Unknown;
using gopol::tests::TempFolder;

namespace {

constexpr std::string_view machine_toml = R"(platform = "macos"
machine = "arm64"
host_name = "anns-mac"
now = 2026-11-23T09:30:00+01:00
[user]
name = "ann"
home = "/Users/ann"
uid = 501
gid = 20
shell = "/bin/zsh"
[environment]
GOPATH = "/Users/ann/go"
[sysctl]
"hw.ncpu" = 8
"sysctl.proc_translated" = false
"machdep.cpu.brand_string" = "Apple M1"
[network]
reaches = { "proxy.golang.org" = true, "corp.example:8443" = false }
[network.answers]
"https://proxy.golang.org/list" = { status = 200, body = "v1.0.0\n" }
"https://corp.example/list" = { failure = "refused" }
)";

/// A machine with a read-only folder and a link, and a tool that changes its disk.
void write_machine(const TempFolder& temp) {
  temp.write("m/machine.toml", machine_toml);
  temp.write("m/root/Users/ann/env", "GOPROXY=direct\n");
  temp.write("m/root/locked/file", "x");
  fs::create_symlink("/Users/ann/env", (temp / "m/root/env_link").text);
  ::chmod((temp / "m/root/locked/file").text.c_str(), 0444);
  ::chmod((temp / "m/root/locked").text.c_str(), 0555);
  temp.write_program("m/tools/brew", "#!/bin/sh\necho installed > \"$GOPOL_ROOT/brewed\"\n");
}

}  // namespace

TEST_CASE("a recorded machine says what its sudo answers, if it does") {
  const TempFolder temp;
  write_machine(temp);
  SourceMap sources;
  std::optional<SudoAnswer> sudo;
  REQUIRE(recorded_host(temp / "m", {.sudo = &sudo}, sources));
  CHECK(!sudo);
  const auto with = [&](const std::string& answer) {
    std::string out(machine_toml);
    out.insert(out.find("uid = 501"), "sudo = \"" + answer + "\"\n");
    temp.write("m/machine.toml", out);
    return recorded_host(temp / "m", {.sudo = &sudo}, sources).has_value();
  };
  CHECK(with("refused"));
  CHECK(sudo == SudoAnswer::refused);
  CHECK(with("missing"));
  CHECK(sudo == SudoAnswer::missing);
  CHECK(with("granted"));
  CHECK(sudo == SudoAnswer::granted);
  CHECK(!with("perhaps"));
}

TEST_CASE("a recorded machine says what its file says and nothing of ours") {
  const TempFolder temp;
  write_machine(temp);
  SourceMap sources;
  const auto host = recorded_host(temp / "m", {}, sources);
  REQUIRE(host);
  const System& system = host->system();
  CHECK(system.platform() == "macos");
  CHECK(system.machine() == "arm64");
  CHECK(system.host_name() == "anns-mac");
  CHECK(system.user_name() == "ann");
  CHECK(system.user_shell() == "/bin/zsh");
  CHECK(system.user().home.text == "/Users/ann");
  CHECK(system.user().uid == 501);
  CHECK(system.environment("GOPATH") == "/Users/ann/go");
  CHECK(!system.environment("PATH"));
  CHECK(system.sysctl("hw.ncpu") == "8");
  CHECK(system.sysctl("sysctl.proc_translated") == "0");
  CHECK(system.sysctl("machdep.cpu.brand_string") == "Apple M1");
  CHECK(!system.sysctl("hw.memsize"));
  CHECK(std::chrono::system_clock::to_time_t(system.now()) == 1795422600);
  CHECK(**host->disk().read(Path("/env_link")) == "GOPROXY=direct\n");
  const auto second = std::chrono::seconds(1);
  CHECK(host->network().reaches("proxy.golang.org", second) == gopol::dsl::Value(true));
  CHECK(host->network().reaches("corp.example:8443", second) == gopol::dsl::Value(false));
  const auto silent = host->network().reaches("other.example", second);
  REQUIRE(silent.is_unknown());
  CHECK(silent.as<Unknown>()->reason.text() ==
        "this recorded machine does not say whether other.example is reachable");
  const auto answer = host->network().probe("https://proxy.golang.org/list", second);
  REQUIRE(answer);
  CHECK((answer->status == 200 && answer->body == "v1.0.0\n" && answer->failure.empty()));
  CHECK(host->network().probe("https://corp.example/list", second)->failure == "refused");
  const auto unsaid = host->network().probe("https://other.example/list", second);
  REQUIRE(!unsaid);
  CHECK(unsaid.error().front().message.text() ==
        "this recorded machine does not say what https://other.example/list answers");
}

TEST_CASE("what changes a recorded machine changes a copy that goes with the host") {
  const TempFolder temp;
  write_machine(temp);
  SourceMap sources;
  std::string copy;
  {
    auto host = recorded_host(temp / "m", {.writes = true}, sources);
    REQUIRE(host);
    copy = host->disk().real_path(Path("/"))->text;
    REQUIRE(host->disk().replace(Path("/env_link"), "changed"));
    REQUIRE(host->programs().run({{"/opt/homebrew/bin/brew"}, {}, {}}));
    CHECK(**host->disk().read(Path("/Users/ann/env")) == "changed");
    CHECK(**host->disk().read(Path("/brewed")) == "installed\n");
    CHECK(host->disk().stat(Path("/locked"))->mode == 0555);
    CHECK(host->disk().stat(Path("/locked/file"))->mode == 0444);
    CHECK(**host->disk().read_link(Path("/env_link")) == "/Users/ann/env");
    CHECK(fs::exists(copy));
  }
  CHECK(!fs::exists(copy));
  CHECK(temp.read("m/root/Users/ann/env") == "GOPROXY=direct\n");
  CHECK(!temp.has("m/root/brewed"));
}

TEST_CASE("in place means in place") {
  const TempFolder temp;
  write_machine(temp);
  SourceMap sources;
  {
    auto host = recorded_host(temp / "m", {.writes = true, .in_place = true}, sources);
    REQUIRE(host);
    REQUIRE(host->disk().replace(Path("/new"), "made"));
  }
  CHECK(temp.read("m/root/new") == "made");
}

TEST_CASE("a machine file with mistakes names them all") {
  const TempFolder temp;
  fs::create_directories((temp / "m/root").text);
  temp.write("m/machine.toml",
             "platform = \"darwin\"\nhostname = \"x\"\n[user]\nhome = \"ann\"\nuid = "
             "-1\n[sysctl]\nhw.ncpu = 8\n");
  SourceMap sources;
  const auto host = recorded_host(temp / "m", {}, sources);
  REQUIRE(!host);
  std::vector<std::string> said;
  for (const auto& problem : host.error()) said.push_back(problem.code + " " + problem.message);
  CHECK(said ==
        std::vector<std::string>{"C5004 this file has no `now`", "C5003 no platform `darwin`",
                                 "C5002 unknown key `hostname`", "C5003 `home` is no absolute path",
                                 "C5003 `uid` is a number from 0 to 4294967295",
                                 "C5003 `hw` in `[sysctl]` is a table"});
  CHECK(!recorded_host(temp / "none", {}, sources));
}
