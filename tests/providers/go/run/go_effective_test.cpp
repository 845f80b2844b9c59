#include "providers/go/run/effective.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "providers/go/run/go_mod.h"
#include "providers/go/run/version_files.h"
#include "tests/catch.h"
#include "tests/go_mirror.h"
#include "tests/providers/machine.h"
#include "tests/table.h"

namespace fs = std::filesystem;
using namespace gopol;
using namespace gopol::tests;
using dsl::Path;
using providers::go::EffectiveGo;
using providers::go::GoSource;

namespace {

const Path work_tree("/home/ann/shop");
const std::string go_env = "usr/local/go/go.env";
const std::string user_file = "home/ann/.config/go/env";

void add_go(const Machine& machine, const std::string& root, const std::string& version) {
  machine.temp.write(root + "/VERSION", version + "\ntime 2024-03-29T00:00:00Z\n");
  machine.temp.write_program(root + "/bin/go", program_head("linux", "amd64"));
}

/// Ann's machine with that Go in /usr/local/go, linked into the default PATH.
Machine with_go(const std::string& version) {
  Machine out;
  add_go(out, "usr/local/go", version);
  out.temp.write(
      go_env,
      "GOTOOLCHAIN=auto\nGOPROXY=https://proxy.golang.org,direct\nGOSUMDB=sum.golang.org\n");
  fs::create_directories((out.temp / "usr/local/bin").text);
  fs::create_symlink("../go/bin/go", (out.temp / "usr/local/bin/go").text);
  fs::create_directories((out.temp / "home/ann/shop").text);
  return out;
}

EffectiveGo seen(const Machine& machine, const Path& folder = work_tree) {
  return providers::go::effective_go(machine.host(), folder);
}

std::string chosen(const EffectiveGo& found) {
  if (found.version.is_unknown()) return "unknown: " + reason(found.version);
  if (!found.version.is_known()) return "none: " + found.stops;
  return fmt::format("{} {} by {} {}", dsl::to_text(found.version),
                     providers::go::to_text(found.source), found.decided_by, found.place);
}

/// `name: says (place)` of the layers with that name.
std::vector<std::string> layers(const EffectiveGo& found, const std::string& name) {
  std::vector<std::string> out;
  for (const auto& layer : found.layers) {
    if (layer.name == name)
      out.push_back(layer.says + (layer.place.empty() ? "" : " (" + layer.place + ")"));
  }
  return out;
}
using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("the toolchain that runs is the one go would switch to") {
  for (const Row& row : truth_table("gotoolchain-cases.tsv")) {
    CAPTURE(row[0]);
    const Machine machine = with_go(row[1]);
    machine.temp.write(user_file, "GOTOOLCHAIN=" + row[2] + "\n");
    std::string mod = "module example.com/shop\n\n";
    if (!row[3].empty()) mod += "go " + row[3] + "\n";
    if (!row[4].empty()) mod += "toolchain " + row[4] + " // why\n";
    machine.temp.write("home/ann/shop/go.mod", mod);
    const EffectiveGo found = seen(machine);
    const std::string& expected = row[5];
    if (expected.starts_with("error: ")) {
      CHECK("error: " + found.stops == expected);
    } else if (expected.starts_with("run local ")) {
      CHECK("run local " + found.toolchain == expected);
      CHECK(found.source == GoSource::local);
    } else {
      CHECK(expected.starts_with("switch to " + found.toolchain + " ("));
      const bool only_path = expected.ends_with("(PATH only)");
      CHECK(only_path == found.stops.ends_with("allows no download"));
      CHECK(found.source == (only_path ? GoSource::local : GoSource::download));
    }
  }
}

TEST_CASE("the layers of GOTOOLCHAIN are asked in go's order, and the first that speaks decides") {
  Machine machine = with_go("go1.22.4");
  machine.temp.write("home/ann/shop/go.mod", "module a\n\ngo 1.23.1\n");
  CHECK(chosen(seen(machine)) == "1.23.1 download by go.mod /home/ann/shop/go.mod:3");
  machine.temp.write(user_file, "# mine\nGOTOOLCHAIN=go1.24.4\n");
  CHECK(chosen(seen(machine)) == "1.24.4 download by GOTOOLCHAIN /home/ann/.config/go/env:2");
  CHECK(layers(seen(machine), "go.env") ==
        Lines{"GOTOOLCHAIN=auto, hidden (/usr/local/go/go.env:1)"});
  machine.temp.write("home/ann/.profile", "export GOTOOLCHAIN=go1.25.1\n");
  CHECK(chosen(seen(machine)) == "1.25.1 download by GOTOOLCHAIN /home/ann/.profile:1");
  machine.is.environment = {{"GOTOOLCHAIN", "go1.26.0"}};
  CHECK(chosen(seen(machine)) == "1.26.0 download by GOTOOLCHAIN ");
  machine.is.environment = {{"GOTOOLCHAIN", ""}, {"GOENV", "off"}};   // empty counts as unset
  machine.temp.write("home/ann/.profile", "GOTOOLCHAIN=go1.25.1\n");  // not handed on
  CHECK(chosen(seen(machine)) == "1.23.1 download by go.mod /home/ann/shop/go.mod:3");
  machine.temp.write("home/ann/.profile", "export GOTOOLCHAIN=$(cat x)\n");
  CHECK(chosen(seen(machine)) ==
        "unknown: /home/ann/.profile:1 sets GOTOOLCHAIN to what files cannot tell");
  machine.temp.write("home/ann/.profile", "");
  fs::remove((machine.temp / go_env).text);
  CHECK(chosen(seen(machine)) ==
        "none: /home/ann/shop/go.mod:3 asks for go 1.23.1, and GOTOOLCHAIN=local keeps go1.22.4");
}

TEST_CASE("an old go switches never, an odd one is unknown") {
  const Machine machine = with_go("go1.20.14");
  machine.temp.write("home/ann/shop/go.mod", "go 1.23.1\n");
  CHECK(chosen(seen(machine)) == "1.20.14 local by PATH login");
  machine.temp.write("usr/local/go/VERSION", "devel go1.28-abc Mon Jan 1\n");
  CHECK(chosen(seen(machine)) ==
        "unknown: /usr/local/go/VERSION says `devel go1.28-abc Mon Jan 1`, which is no released "
        "version");
  fs::remove((machine.temp / "usr/local/go/VERSION").text);
  CHECK(chosen(seen(machine)) ==
        "unknown: /usr/local/bin/go does not lie in the tree of a Go: there is no "
        "/usr/local/go/VERSION");
  fs::remove((machine.temp / "usr/local/bin/go").text);
  CHECK(chosen(seen(machine)) == "none: a login shell finds no `go`");
}

TEST_CASE("go.work goes before go.mod, from the folder upward") {
  Machine machine = with_go("go1.22.4");
  machine.temp.write("home/ann/go.work", "go 1.23\nuse ./other\n");
  machine.temp.write("home/ann/shop/go.mod", "go 1.24.0\n");
  machine.temp.write("home/ann/other.work", "toolchain go1.25.0\n");
  const Path deep("/home/ann/shop/a/b");
  fs::create_directories((machine.temp / "home/ann/shop/a/b").text);
  CHECK(chosen(seen(machine, deep)) == "1.23.0 download by go.work /home/ann/go.work:1");
  machine.is.environment = {{"GOWORK", "off"}};
  CHECK(chosen(seen(machine, deep)) == "1.24.0 download by go.mod /home/ann/shop/go.mod:1");
  machine.is.environment = {{"GOWORK", "/home/ann/other.work"}};
  CHECK(chosen(seen(machine, deep)) == "1.25.0 download by go.work /home/ann/other.work:1");
  machine.is.environment = {{"GOWORK", "/home/ann/none.work"}};
  CHECK(chosen(seen(machine, deep)) == "1.24.0 download by go.mod /home/ann/shop/go.mod:1");
  CHECK(layers(seen(machine, deep), "go.work") ==
        Lines{"GOWORK=/home/ann/none.work, which is not there"});
}

TEST_CASE("GO111MODULE switches the choice of a toolchain off") {
  struct Case {
    const char *mode, *mod, *expected;
  };
  const std::string kept = "1.22.4 local by PATH login", asked = "1.23.1 download by go.mod ";
  const Case cases[] = {{"off", "go 1.23.1\n", "kept"}, {"auto", "go 1.23.1\n", "asked"},
                        {"auto", "", "kept"},           {"on", "go 1.23.1\n", "asked"},
                        {"", "go 1.23.1\n", "asked"},   {"yes", "go 1.23.1\n", "kept"}};
  for (const Case& one : cases) {
    CAPTURE(one.mode, one.mod);
    const Machine machine = with_go("go1.22.4");
    machine.temp.write(user_file, std::string("GO111MODULE=") + one.mode + "\n");
    if (*one.mod != 0) machine.temp.write("home/ann/shop/go.mod", one.mod);
    const std::string found = chosen(seen(machine));
    CHECK(found.starts_with(std::string(one.expected) == "kept" ? kept : asked));
  }
  // Not even a GOTOOLCHAIN that is none is looked at.
  const Machine machine = with_go("go1.22.4");
  machine.temp.write(user_file, "GOTOOLCHAIN=bogus\nGO111MODULE=off\n");
  CHECK(chosen(seen(machine)) == kept);
  machine.temp.write(user_file, "GOTOOLCHAIN=bogus\nGO111MODULE=yes\n");
  CHECK(seen(machine).notes ==
        Lines{"every go command but `go version` fails: unknown environment setting "
              "GO111MODULE=yes"});
}

TEST_CASE("a workspace older than one of its modules stops go") {
  struct Case {
    const char *work, *mod, *stops;
  };
  const Case cases[] = {
      {"go 1.21\nuse ./shop\n", "go 1.22\n",
       "/home/ann/shop/go.mod:1 asks for go 1.22, and /home/ann/go.work lists go 1.21"},
      {"use (\n\t./other // x\n\t\"./shop\"\n)\n", "\n\ngo 1.21.0\n",
       "/home/ann/shop/go.mod:3 asks for go 1.21.0, and /home/ann/go.work lists no go"},
      {"go 1.22\nuse ./shop\n", "go 1.22\n", ""},
      {"go 1.19\nuse ./shop\n", "go 1.20\n", ""},  // none is strict before 1.21
      {"use ./shop\n", "", ""},
      {"go 1.21\nuse ./other\n", "go 1.22\n", ""}};
  for (const Case& one : cases) {
    CAPTURE(one.work, one.mod);
    const Machine machine = with_go("go1.22.4");
    machine.temp.write("home/ann/go.work", one.work);
    machine.temp.write("home/ann/shop/go.mod", one.mod);
    CHECK(seen(machine).stops == one.stops);
  }
}

TEST_CASE("what ends go before a toolchain runs is said, with its reason") {
  struct Case {
    const char *env, *mod, *stops;
  };
  const Case cases[] = {
      {"GOTOOLCHAIN=go1.24", "",
       "go1.24 is a language version but not a toolchain version (go1.24.x)"},
      {"GOWORK=rel.work", "", "invalid GOWORK: not an absolute path"},
      {"GOTOOLCHAIN=go1.24.1\nGOPROXY=bogus", "",
       "go1.24.1 is not here, and it cannot be downloaded: invalid proxy URL missing scheme: "
       "bogus"},
      {"GOTOOLCHAIN=go1.24.1\nGOSUMDB=bogus", "",
       "go1.24.1 is not here, and it cannot be downloaded: invalid GOSUMDB: malformed verifier id"},
      {"GOTOOLCHAIN=local\nGOFLAGS=-modfile=/home/ann/other.mod", "go 1.21\n",
       "/home/ann/other.mod:1 asks for go 1.99, and GOTOOLCHAIN=local keeps go1.22.4"}};
  for (const Case& one : cases) {
    CAPTURE(one.env);
    const Machine machine = with_go("go1.22.4");
    machine.temp.write("home/ann/other.mod", "go 1.99\n");
    machine.temp.write(user_file, std::string(one.env) + "\n");
    if (*one.mod != 0) machine.temp.write("home/ann/shop/go.mod", one.mod);
    CHECK(seen(machine).stops == one.stops);
  }
  const Machine machine = with_go("go1.22.4");
  machine.temp.write(user_file, "GOWORK=rel.work\nGOTOOLCHAIN=local\n");
  CHECK(chosen(seen(machine)) == "1.22.4 local by PATH login");
  CHECK(seen(machine).notes ==
        Lines{"every go command but `go version` fails: invalid GOWORK: not an absolute path"});
}

TEST_CASE("a go.mod with odd white space, and one that is no version") {
  const Machine machine = with_go("go1.22.4");
  machine.temp.write("home/ann/shop/go.mod", "\xc2\xa0go 1.23.1\xe2\x80\x83\n");
  CHECK(chosen(seen(machine)).starts_with("1.23.1 download"));
  machine.temp.write("home/ann/shop/go.mod", "go 1.24.0-acme\n");
  CHECK(chosen(seen(machine)) == "1.22.4 local by PATH login");
}

TEST_CASE("without a go.env nothing says where a toolchain comes from") {
  const Machine machine = with_go("go1.22.4");
  machine.temp.write(go_env, "GOTOOLCHAIN=auto\n");
  machine.temp.write("home/ann/shop/go.mod", "go 1.23.1\n");
  CHECK(seen(machine).stops ==
        "go1.23.1 is not here, and it cannot be downloaded: GOPROXY list is not the empty string, "
        "but contains no entries");
}

TEST_CASE("a toolchain is looked for in PATH, then in the module cache") {
  Machine machine = with_go("go1.22.4");
  machine.temp.write("home/ann/shop/go.mod", "go 1.23.1\n");
  const std::string name = "golang.org/toolchain@v0.0.1-go1.23.1.linux-amd64";
  EffectiveGo found = seen(machine);
  CHECK(layers(found, "module cache") == Lines{"has no " + name + " (/home/ann/go/pkg/mod)"});
  CHECK(found.program.is_absent());
  machine.temp.write(user_file, "GOPROXY=direct\nGOSUMDB=off\n");
  CHECK(chosen(seen(machine)) ==
        "none: go1.23.1 is not here, and GOSUMDB=off (/home/ann/.config/go/env:2) forbids to "
        "download it");
  machine.temp.write(user_file, "GOPROXY=file:///srv\nGOSUMDB=off\n");
  CHECK(seen(machine).source == GoSource::download);
  machine.temp.write(user_file, "GOPROXY=off\n");
  CHECK(seen(machine).stops.find("GOPROXY=off") != std::string::npos);
  machine.temp.write_program("home/ann/go/pkg/mod/" + name + "/bin/go", "");
  found = seen(machine);
  CHECK(found.source == GoSource::module_cache);
  CHECK(found.program == dsl::Value(Path("/home/ann/go/pkg/mod/" + name + "/bin/go")));
  CHECK(found.stops.empty());
  machine.temp.write(user_file, "GOPATH=/gone:/home/ann/go\n");
  CHECK(seen(machine).source == GoSource::download);
  machine.temp.write_program("usr/bin/go1.23.1", "");
  CHECK(chosen(seen(machine)) == "1.23.1 path by go.mod /home/ann/shop/go.mod:1");
  CHECK(seen(machine).program == dsl::Value(Path("/usr/bin/go1.23.1")));
}

TEST_CASE("the shims of version managers are asked what they would start") {
  struct Case {
    std::string manager, file, text, expected;
  };
  const std::vector<Case> cases{
      {"goenv", "home/ann/shop/.go-version", "1.22.2\n",
       "1.22.2 local by goenv /home/ann/shop/.go-version:1"},
      {"goenv", "home/ann/.go-version", "# team\n1.21\n",
       "1.21.9 local by goenv /home/ann/.go-version:2"},
      {"goenv", "home/ann/.goenv/version", "1.21.9",
       "1.21.9 local by goenv /home/ann/.goenv/version:1"},
      {"goenv", "home/ann/.go-version", "1.19.1",
       "none: goenv has no 1.19.1 installed, which /home/ann/.go-version:1 asks for"},
      {"goenv", "home/ann/.go-version", "system", "1.20.1 local by PATH login"},
      {"goenv", "home/ann/unrelated", "", "1.20.1 local by PATH login"},
      {"asdf", "home/ann/.tool-versions", "nodejs 20\ngolang 1.19 1.22.2 # a\n",
       "1.22.2 local by asdf /home/ann/.tool-versions:2"},
      {"asdf", "home/ann/shop/.tool-versions", "golang 1.21\n",
       "none: asdf has no 1.21 installed, which /home/ann/shop/.tool-versions:1 asks for"},
      {"mise", "home/ann/shop/mise.toml", "[env]\ngo = 1\n[tools]\n\"go\" = \"1.21\"\n",
       "1.21.9 local by mise /home/ann/shop/mise.toml:4"},
      {"mise", "home/ann/.config/mise/config.toml", "[tools.go]\nversion = '1.22.2'\n",
       "1.22.2 local by mise /home/ann/.config/mise/config.toml:2"},
      {"mise", "home/ann/shop/.tool-versions", "go latest\n",
       "1.22.2 local by mise /home/ann/shop/.tool-versions:1"},
      {"mise", "home/ann/shop/mise.toml", "tools = { go = '1' }\n",
       "unknown: /home/ann/shop/mise.toml:1 asks mise for a Go in a way that gopol does not "
       "read"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.manager, c.file, c.text);
    const Machine machine = with_go("go1.20.1");
    const std::string home = "home/ann/";
    const std::string shims =
        home + (c.manager == "mise" ? ".local/share/mise/shims" : "." + c.manager + "/shims");
    machine.temp.write("home/ann/.profile", "PATH=\"/" + shims + ":$PATH\"\n");
    if (c.manager == "mise") {
      machine.temp.write_program("usr/bin/mise", program_head("linux", "amd64"));
      fs::create_directories((machine.temp / shims).text);
      fs::create_symlink("../../../../../../usr/bin/mise", (machine.temp / (shims + "/go")).text);
    } else {
      machine.temp.write_program(shims + "/go",
                                 "#!/bin/sh\nexec " + c.manager + " exec go \"$@\"\n");
    }
    for (const std::string version : {"1.21.9", "1.22.2"}) {
      const std::string root = c.manager == "goenv"  ? ".goenv/versions/" + version
                               : c.manager == "asdf" ? ".asdf/installs/golang/" + version + "/go"
                                                     : ".local/share/mise/installs/go/" + version;
      add_go(machine, home + root, "go" + version);
    }
    machine.temp.write(c.file, c.text);
    CHECK(chosen(seen(machine)) == c.expected);
  }
}

TEST_CASE("a variable of the version manager goes before its files") {
  Machine machine = with_go("go1.20.1");
  machine.temp.write("home/ann/.profile", "PATH=\"$HOME/.goenv/shims:$PATH\"\n");
  machine.temp.write_program("home/ann/.goenv/shims/go", "#!/bin/sh\nexec goenv exec go\n");
  machine.temp.write("home/ann/.go-version", "1.22.2\n");
  add_go(machine, "home/ann/.goenv/versions/1.23.1", "go1.23.1");
  machine.is.environment = {{"GOENV_VERSION", "1.23.1"}};
  CHECK(chosen(seen(machine)) == "1.23.1 local by goenv GOENV_VERSION in this process");
  machine.temp.write_program("home/ann/.goenv/shims/go", "#!/bin/sh\nexec /opt/corp/go\n");
  CHECK(chosen(seen(machine)) ==
        "unknown: /home/ann/.goenv/shims/go is a script, and what it starts cannot be told");
}

TEST_CASE("where PATH cannot be known the answer is given for each Go there is") {
  Machine machine = with_go("go1.22.4");
  add_go(machine, "home/ann/sdk/go1.24.1", "go1.24.1");
  machine.temp.write("home/ann/shop/go.mod", "go 1.23.1\n");
  machine.temp.write("home/ann/.profile", "# mine\neval \"$(corp-path)\"\n");
  machine.is.environment = {{"PATH", "relative:/usr/local/bin"}};
  const EffectiveGo found = seen(machine);
  CHECK(reason(found.version) ==
        "/home/ann/.profile:2 prevents knowing PATH: what `eval` runs cannot be told from files");
  CHECK(layers(found, "if") ==
        Lines{"/usr/local/bin/go, first in PATH of this process, is started: go 1.23.1 "
              "(/home/ann/shop/go.mod:1)",
              "/home/ann/sdk/go1.24.1/bin/go is started: go 1.24.1",
              "/usr/local/go/bin/go is started: go 1.23.1 (/home/ann/shop/go.mod:1)"});
}

TEST_CASE("a GOROOT that is set by hand is told, and its go.env is the one that counts") {
  Machine machine = with_go("go1.22.4");
  add_go(machine, "opt/go", "go1.21.0");
  machine.temp.write("opt/go/go.env",
                     "GOTOOLCHAIN=go1.21.0\nGOPROXY=direct\nGOSUMDB=sum.golang.org\n");
  machine.is.environment = {{"GOROOT", "/opt/go"}, {"PATH", "/opt/go/bin:/usr/bin"}};
  const EffectiveGo found = seen(machine);
  CHECK(chosen(found) == "1.21.0 download by GOTOOLCHAIN /opt/go/go.env:1");
  CHECK(found.notes == Lines{"PATH of this process has /opt/go/bin/go first",
                             "GOROOT is /opt/go: go1.22.4 uses that tree's tools and go.env"});
}

TEST_CASE("lines of go.mod are found before the file is understood") {
  using providers::go::mod_line;
  const std::string text = "module m\r\n\r\n  go\t1.22.1 // at least\r\ntoolchain go1.23\ngo 1.9\n";
  REQUIRE(mod_line(text, "go"));
  CHECK(mod_line(text, "go")->value == "1.22.1");
  CHECK(mod_line(text, "go")->number == 3);
  CHECK(mod_line(text, "toolchain")->value == "go1.23");
  CHECK(!mod_line("golang 1.2\ngo", "go"));
}

TEST_CASE("the files of version managers are read for Go alone") {
  using namespace providers::go;
  CHECK(!go_version_file("\n# nothing\n"));
  CHECK(!tool_versions_file("golangci-lint 1.2\n# golang 1.22\n", {"golang"}));
  CHECK(tool_versions_file("golang\n", {"golang"})->versions.empty());
  CHECK(!mise_file("[tools]\nnode = '20'\n[other]\ngo = '1'\n"));
  CHECK(mise_file("tools.go = '1.22'")->versions == Lines{"1.22"});
  CHECK(mise_file("[ tools ] # x\ngo = ['1.22', '1.21']")->versions == Lines{"1.22"});
  CHECK(mise_file("[tools]\ngo = { os = ['linux'], version = \"1.22\" }")->versions ==
        Lines{"1.22"});
  CHECK(mise_file("[tools]\ngo = 1.22")->versions.empty());
}
