#include "providers/git/config.h"

#include "providers/git/config_reading.h"
#include "tests/catch.h"
#include "tests/providers/recorded_mac.h"

using namespace gopol;
using namespace gopol::tests;
using dsl::Value;

namespace {

const auto provider = providers::git::config_provider();
const std::string home = "home/ann/.gitconfig", xdg = "home/ann/.config/git/config";
const std::string key = "url.https://git.corp.example/.insteadOf";

engine::Observation seen(const Machine& machine, const std::string& what = key,
                         const std::string& attribute = "value") {
  return look(*provider, machine.host(), what, attribute);
}

engine::Change set(const Value& to, const std::string& what = key) {
  return change_of(*provider, what, {{"value", to}});
}

}  // namespace

TEST_CASE("both files of the user are read, ~/.gitconfig last") {
  const Machine machine;
  CHECK(seen(machine).value.is_absent());
  machine.temp.write(xdg, "[user]\n\tname = Ann\n[core]\n\tpager = less\n");
  CHECK(seen(machine, "User.Name").value == Value("Ann"));
  machine.temp.write(home, "[USER]\nName = \"Ann B.\" # me\n");
  CHECK(seen(machine, "user.name").value == Value("Ann B."));
  CHECK(seen(machine, "user.name").origin.text() == "/home/ann/.gitconfig:2");
  CHECK(seen(machine, "user.name").findings == std::vector<std::string>{"2 lines set it"});
  CHECK(seen(machine, "user.name", "values").value == Value(dsl::List{{"Ann", "Ann B."}}));
  CHECK(seen(machine, "core.pager").value == Value("less"));
  CHECK(reason(seen(machine, "core").value) == "`core` is no key of git");
}

TEST_CASE("a key without `=` is true") {
  const Machine machine;
  machine.temp.write(home, "[pull]\n\trebase\n");
  CHECK(seen(machine, "pull.rebase").value == Value("true"));
  CHECK(seen(machine, "pull.rebase").findings.size() == 1);
}

TEST_CASE("what an included file may set is unknown, unless a later line sets it") {
  const Machine machine;
  machine.temp.write("home/ann/work.inc", "[user]\n\temail = ann@corp.example\n");
  machine.temp.write(home,
                     "[user]\n\temail = ann@example.org\n[includeIf \"gitdir:~/work/\"]\n"
                     "\tpath = work.inc\n[include]\n\tpath = ~/gone.inc\n");
  CHECK(reason(seen(machine, "user.email").value) ==
        "/home/ann/.gitconfig:4 includes work.inc, which may set it");
  CHECK(seen(machine, "user.email", "values").value.is_unknown());
  CHECK(seen(machine, "user.name").value.is_absent());
  machine.temp.write(home, machine.temp.read(home) + "[user]\n\temail = a@b.c\n");
  CHECK(seen(machine, "user.email").value == Value("a@b.c"));
  CHECK(seen(machine, "user.email", "values").value.is_unknown());
  machine.temp.write(home, "[include]\n\tpath = loop\n");
  machine.temp.write("home/ann/loop", "[include]\n\tpath = loop\n");
  CHECK(seen(machine, "user.name").value.is_unknown());
  machine.temp.write(home, "[include]\n\tpath = ~bob/x\n");
  CHECK(seen(machine, "user.name").value.is_unknown());
}

TEST_CASE("a broken file makes all unknown and is not written") {
  const Machine machine;
  machine.temp.write(home, "[user]\n\tname = Ann\n\temail = \"ann\n");
  CHECK(reason(seen(machine, "user.name").value) ==
        "/home/ann/.gitconfig:3: git cannot read this line");
  engine::Host host = machine.host();
  CHECK(why(make(*provider, set("x"), host)) == "/home/ann/.gitconfig: git cannot read line 3");
}

TEST_CASE("a key is set where `git config --global` sets it, once, and taken back") {
  struct Case {
    std::string home, xdg, new_home, new_xdg;
  };
  const std::string line = "[url \"https://git.corp.example/\"]\n\tinsteadOf = corp:\n";
  const std::vector<Case> cases{{"", "", line, ""},
                                {"# mine\n[a]\nb", "", "# mine\n[a]\nb\n" + line, ""},
                                {"", "[a]\nb\n", "", "[a]\nb\n" + line},
                                {"[a]\n", "[a]\nb\n", "[a]\n" + line, "[a]\nb\n"}};
  for (const Case& c : cases) {
    CAPTURE(c.home, c.xdg);
    const Machine machine;
    if (!c.home.empty()) machine.temp.write(home, c.home);
    if (!c.xdg.empty()) machine.temp.write(xdg, c.xdg);
    engine::Host host = machine.host();
    const auto prepared = provider->prepare(set("corp:"), host);
    REQUIRE(prepared);
    CHECK(prepared->edits.size() == 1);
    const auto made = make(*provider, set("corp:"), host);
    CHECK(why(made) == "");
    CHECK(apply_to(*provider, host, set("corp:")) == "");
    CHECK(machine.temp.read(home) == c.new_home);
    CHECK(machine.temp.read(xdg) == c.new_xdg);
    CHECK(seen(machine).value == Value("corp:"));
    CHECK(why(engine::restore(made->images, host.disk())) == "");
    CHECK(machine.temp.read(home) == c.home);
    CHECK(machine.temp.read(xdg) == c.xdg);
    CHECK(machine.temp.has(home) == !c.home.empty());
  }
}

TEST_CASE("to unset a key it goes from both files; until then it is what it was") {
  const Machine machine;
  const std::string in_xdg = "[user]\n\tname = Ann\n\temail = a\n",
                    in_home = "[user]\n\tname = B\n";
  machine.temp.write(xdg, in_xdg);
  machine.temp.write(home, in_home);
  const engine::Change unset = set(dsl::Absent{}, "user.name");
  for (int fail_at = 1; fail_at < 20; ++fail_at) {
    CAPTURE(fail_at);
    engine::Host host = machine.host(fail_at);
    if (make(*provider, unset, host)) break;
    CHECK(seen(machine, "user.name").value == Value("B"));
    CHECK(machine.temp.read(home) == in_home);
    machine.temp.write(xdg, in_xdg);
  }
  CHECK(machine.temp.read(xdg) == "[user]\n\temail = a\n");
  CHECK(machine.temp.read(home) == "");
  CHECK(seen(machine, "user.name").value.is_absent());
}

TEST_CASE("a key that several lines set is not changed") {
  const Machine machine;
  machine.temp.write(home, "[a]\n\tb = 1\n\tb = 2\n");
  engine::Host host = machine.host();
  CHECK(seen(machine, "a.b").value == Value("2"));
  CHECK(why(provider->prepare(set("3", "a.b"), host)) == "/home/ann/.gitconfig: 2 lines set `a.b`");
  CHECK(why(provider->prepare(set(dsl::Absent{}, "a.b"), host)) ==
        "/home/ann/.gitconfig: 2 lines set `a.b`");
  CHECK(why(provider->prepare(set("3", "a b"), host)) == "`a b` is no key of git");
}

TEST_CASE("another global file of this process is told") {
  Machine machine;
  machine.is.environment = {{"GIT_CONFIG_GLOBAL", "/etc/g"}, {"XDG_CONFIG_HOME", "/home/ann/x"}};
  machine.temp.write("home/ann/x/git/config", "[a]\n\tb = 1\n");
  CHECK(seen(machine, "a.b").value == Value("1"));
  CHECK(seen(machine, "a.b").findings ==
        std::vector<std::string>{
            "GIT_CONFIG_GLOBAL=/etc/g in this process: git reads that file instead"});
}

TEST_CASE("keys that may run something are told from those that do not") {
  const auto runs = [](const char* name) {
    return providers::git::runs_code(*providers::git::parse_config_key(name));
  };
  for (const char* name : {"core.sshCommand", "alias.x", "credential.helper", "include.path",
                           "core.hooksPath", "filter.lfs.clean", "new.thing", "gpg.program"})
    CHECK(runs(name));
  for (const char* name : {"url.https://x/.insteadOf", "User.Email", "pull.rebase"})
    CHECK(!runs(name));
}
