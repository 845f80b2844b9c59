#include <sys/stat.h>

#include <filesystem>
#include <random>

#include "providers/path/path.h"
#include "providers/path/path_block.h"
#include "providers/path/profile.h"
#include "providers/shell/managed_block.h"
#include "tests/catch.h"
#include "tests/other_process.h"
#include "tests/providers/machine.h"

using namespace gopol::engine;
using namespace gopol::tests;
using namespace gopol::providers;
using namespace gopol::providers::shell;
using gopol::dsl::Absent;

namespace {

using Lines = std::vector<std::string>;

/// Where a slot is not what is written, as a person would say it.
Lines out_of_force(const Observation& seen) {
  Lines out;
  for (const Elsewhere& one : seen.elsewhere) {
    const std::string by = one.origin.empty() ? "" : " by " + one.origin;
    const std::string value = one.value.is_absent() ? "not set" : gopol::dsl::to_text(one.value);
    out.push_back("in " + one.where + by + ": " + value);
  }
  return out;
}

}  // namespace

TEST_CASE("putting and removing a block gives back the text") {
  std::mt19937 random(20261123);
  const std::vector<std::string> parts = {
      "a",          "\n", "\r\n", "# >>> gopol other >>>\n# <<< gopol other <<<\n",
      "export A=1", "#",  " ",    "\n\n",
      "# >>> gopol"};
  for (int round = 0; round < 2000; ++round) {
    std::string text;
    bool other = false;
    for (auto n = random() % 8; n > 0; --n) {
      const std::string& part = parts[random() % parts.size()];
      if (part.size() > 30 && (other || !(text.empty() || text.ends_with('\n')))) continue;
      other = other || part.size() > 30;
      text += part;
    }
    CAPTURE(text);
    const auto with = put_block({"f", text}, "path", "x\n");
    REQUIRE(with);
    const auto again = put_block({"f", *with}, "path", "x\n");
    REQUIRE(again);
    CHECK(*again == *with);
    const auto changed = put_block({"f", *with}, "path", "y\nz\n");
    REQUIRE(changed);
    for (const auto& one : {*with, *changed}) {
      const auto without = remove_block({"f", one}, "path");
      REQUIRE(without);
      CHECK(*without == text);
    }
  }
}

TEST_CASE("a block keeps its place and what is around it") {
  const std::string text = "a\n# >>> gopol path >>>\nold\n# <<< gopol path <<<\nb";
  CHECK(*put_block({"f", text}, "path", "new\n") ==
        "a\n# >>> gopol path >>>\nnew\n# <<< gopol path <<<\nb");
  CHECK(*remove_block({"f", text}, "path") == "a\nb");
  CHECK(*remove_block({"f", text}, "other") == text);
  CHECK((*find_block({"f", text}, "path"))->line == 2);
}

TEST_CASE("broken markers are an error with their line") {
  struct Case {
    std::string text, message;
  };
  const std::vector<Case> cases = {
      {"\n# >>> gopol a >>>\n", "f:2: this gopol block is never closed"},
      {"# <<< gopol a <<<\n", "f:1: this gopol block closes `a`, which is not open"},
      {"# >>> gopol a >>>\n# >>> gopol b >>>\n",
       "f:2: this gopol block begins inside the block `a`"},
      {"# >>> gopol a >>>\n# <<< gopol a <<<\n# >>> gopol a >>>\n",
       "f:3: this gopol block is there already, at line 1"},
      {"# >>> gopol a >>>\n# <<< gopol b <<<\n",
       "f:2: this gopol block closes `b`, which is not open"},
  };
  for (const Case& one : cases) {
    CAPTURE(one.text);
    CHECK(why(find_block({"f", one.text}, "a")) == one.message);
    CHECK(!put_block({"f", one.text}, "a", "x\n"));
    CHECK(!remove_block({"f", one.text}, "a"));
  }
}

TEST_CASE("variables go into each shell's file, quoted, and come back") {
  struct Case {
    std::string shell, file;
  };
  const std::string odd = "it's $HOME `x` \"y\" \\ \\\\ # ! *";
  const auto provider = profile_provider();
  for (const Case& one : std::vector<Case>{{"zsh", ".zprofile"},
                                           {"bash", ".profile"},
                                           {"sh", ".profile"},
                                           {"fish", ".config/fish/config.fish"}}) {
    CAPTURE(one.shell);
    Machine machine;
    const std::string name = "home/ann/" + one.file;
    machine.temp.write(name, "umask 022");
    Host host = machine.host();
    const Change change = change_of(*provider, one.shell, {{"B", odd}, {"A", ""}});
    const auto prepared = provider->prepare(change, host);
    REQUIRE(prepared);
    CHECK(prepared->edits[0].path.text == "/home/ann/" + one.file);
    CHECK(machine.temp.read(name) == "umask 022");
    for (int i = 0; i < 2; ++i) REQUIRE(make(*provider, change, host));
    CHECK(look(*provider, host, one.shell, "B").value == Value(odd));
    CHECK(look(*provider, host, one.shell, "A").value == Value(""));
    CHECK(look(*provider, host, one.shell, "C").value == Value(Absent{}));
    REQUIRE(make(*provider, change_of(*provider, one.shell, {{"A", Absent{}}}), host));
    CHECK(look(*provider, host, one.shell, "A").value == Value(Absent{}));
    REQUIRE(make(*provider, change_of(*provider, one.shell, {{"B", Absent{}}}), host));
    CHECK(machine.temp.read(name) == "umask 022");
    const auto made = make(*provider, change, host);
    REQUIRE(made);
    CHECK(machine.temp.read(name) == prepared->edits[0].bytes);
    REQUIRE(restore(made->images, host.disk()));
    CHECK(machine.temp.read(name) == "umask 022");
  }
}

TEST_CASE("a profile's block is sorted, and moves behind what comes after it") {
  Machine machine;
  machine.temp.write("home/ann/.bash_login", "export GOBIN=/a\n");
  Host host = machine.host();
  const auto provider = profile_provider();
  REQUIRE(make(*provider, change_of(*provider, "bash", {{"GOBIN", "/b"}, {"A", "1"}}), host));
  CHECK(machine.temp.read("home/ann/.bash_login") ==
        "export GOBIN=/a\n# >>> gopol bash >>>\nexport A='1'\nexport GOBIN='/b'\n# <<< gopol bash "
        "<<<\n");
  CHECK(look(*provider, host, "bash", "GOBIN").elsewhere.empty());
  machine.temp.write("home/ann/.bash_login", machine.temp.read("home/ann/.bash_login") +
                                                 "  export  GOBIN=/c # x\nunset A\n");
  CHECK(out_of_force(look(*provider, host, "bash", "GOBIN")) ==
        Lines{"in login shells and terminals by /home/ann/.bash_login:6: /c"});
  CHECK(out_of_force(look(*provider, host, "bash", "A")) ==
        Lines{"in login shells and terminals: not set"});
  CHECK(look(*provider, host, "bash", "A").misplaced);
  const auto again = change_of(*provider, "bash", {{"GOBIN", "/b"}, {"A", "1"}});
  for (int i = 0; i < 2; ++i) REQUIRE(make(*provider, again, host));
  CHECK(machine.temp.read("home/ann/.bash_login") ==
        "export GOBIN=/a\n  export  GOBIN=/c # x\nunset A\n# >>> gopol bash >>>\nexport "
        "A='1'\nexport GOBIN='/b'\n# <<< gopol bash <<<\n");
  const auto seen = look(*provider, host, "bash", "A");
  CHECK((seen.elsewhere.empty() && !seen.misplaced));
}

TEST_CASE("bad names and values are refused, foreign lines in the block are unknown") {
  Machine machine;
  Host host = machine.host();
  const auto provider = profile_provider();
  CHECK(!make(*provider, change_of(*provider, "sh", {{"A B", "1"}}), host));
  CHECK(!make(*provider, change_of(*provider, "sh", {{"A", "1\n2"}}), host));
  CHECK(look(*provider, host, "sh", "a-b").value.is_unknown());
  CHECK(!machine.temp.has("home"));
  machine.temp.write("home/ann/.profile",
                     "# >>> gopol sh >>>\nexport A='1'\nrm -rf x\n# <<< gopol sh <<<\n");
  CHECK(reason(look(*provider, host, "sh", "A").value) ==
        "/home/ann/.profile:3: gopol did not write this line of its block");
  CHECK(!make(*provider, change_of(*provider, "sh", {{"A", "2"}}), host));
}

TEST_CASE("zsh's files lie in ZDOTDIR") {
  Machine machine;
  machine.is.environment = {{"ZDOTDIR", "/home/ann/z"}};
  Host host = machine.host();
  REQUIRE(make(*profile_provider(), change_of(*profile_provider(), "zsh", {{"A", "1"}}), host));
  CHECK(machine.temp.has("home/ann/z/.zprofile"));
}

TEST_CASE("the block puts a folder first, switches it, and goes without a trace") {
  for (const char* shell : {"/bin/zsh", "/bin/bash", "/bin/dash", "/usr/bin/fish"}) {
    for (const char* folder : {"/opt/go/bin", "/home/ann/o'dd \"$x` \\ bin"}) {
      CAPTURE(shell, folder);
      Machine machine;
      machine.is.user_shell = shell;
      Host host = machine.host();
      const std::string name = path_block_file(host).text.substr(1);
      machine.temp.write(name, "# mine");
      const auto provider = path_provider();
      CHECK(look(*provider, host, "", "first").value == Value(Absent{}));
      const auto put_first = [&](const char* at) {
        return make(*provider, {}, prepare_put_first(Path(at), host), host);
      };
      REQUIRE(put_first("/other"));
      const std::string other = machine.temp.read(name);
      const auto made = put_first(folder);
      REQUIRE(made);
      REQUIRE(put_first(folder));
      CHECK(is_put_first(Path(folder), host) == Value(true));
      CHECK(is_put_first(Path("/other"), host) == Value(false));
      CHECK(look(*provider, host, "", "first").value == Value(Path(folder)));
      if (std::string_view(shell) != "/usr/bin/fish") {
        CHECK(look(*provider, host, "", "first").elsewhere.empty());
        machine.temp.write_program(std::string(folder).substr(1) + "/go", "");
        CHECK(first_program("go", host).path == Value(Path(folder) / "go"));
      }
      REQUIRE(restore(made->images, host.disk()));
      CHECK(machine.temp.read(name) == other);
      REQUIRE(make(*provider, change_of(*provider, "", {{"first", Absent{}}}), host));
      CHECK(machine.temp.read(name) == "# mine");
    }
  }
}

TEST_CASE("what cannot stand in PATH, or be written, changes nothing") {
  Machine machine;
  machine.temp.write("home/ann/.profile", "x\n");
  Host host = machine.host();
  CHECK(!prepare_put_first(Path("/a:b"), host));
  CHECK(!prepare_put_first(Path("a"), host));
  Host broken = machine.host(1);
  CHECK(!make(*path_provider(), {}, prepare_put_first(Path("/a"), broken), broken));
  CHECK(!make(*profile_provider(), change_of(*profile_provider(), "sh", {{"A", "1"}}), broken));
  CHECK(machine.temp.read("home/ann/.profile") == "x\n");
  CHECK(machine.temp.count("home/ann") == 1);
}

TEST_CASE("a profile that may not be read is unknown") {
  Machine machine;
  ::chmod(machine.temp.write("home/ann/.profile", "x\n").text.c_str(), 0);
  ::chmod(machine.temp.path().text.c_str(), 0755);
  CHECK(as_ordinary_user([&] {
          const Host host = machine.host();
          const bool variable = look(*profile_provider(), host, "sh", "A").value.is_unknown();
          const bool first = look(*path_provider(), host, "", "first").value.is_unknown();
          const bool login = look(*path_provider(), host, "", "login").value.is_unknown();
          return variable && first && login ? 0 : 1;
        }) == 0);
}
