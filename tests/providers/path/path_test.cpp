#include "providers/path/path.h"

#include <cstdio>
#include <string>

#include "providers/path/path_block.h"
#include "tests/catch.h"
#include "tests/providers/machine.h"

using namespace gopol::engine;
using namespace gopol::tests;
using namespace gopol::providers;
using gopol::dsl::Absent;
using gopol::dsl::List;
using gopol::providers::shell::PathEdits;
using gopol::providers::shell::Shell;

namespace {

struct RealShell {
  Shell shell;
  const char* program;
};
constexpr RealShell real_shells[] = {{Shell::sh, "/bin/dash"},
                                     {Shell::bash, "/bin/bash"},
                                     {Shell::zsh, "/usr/bin/zsh"},
                                     {Shell::fish, "/usr/bin/fish"}};

/// PATH after a real shell has run the lines.
std::string path_after(const RealShell& real, const std::string& path, const std::string& lines) {
  Command command;
  command.argv = {real.program, real.shell == Shell::zsh ? "-fc" : "-c",
                  lines + "exec /usr/bin/printenv PATH\n"};
  command.environment = {{"PATH", path}, {"HOME", "/nonexistent"}};
  const auto output = real_programs()->query(command);
  REQUIRE(output);
  CHECK(output->err.empty());
  return output->out.substr(0, output->out.find('\n'));
}

Machine mac(const char* shell = "/bin/zsh") {
  Machine out;
  out.is.platform = "macos";
  out.is.user_shell = shell;
  out.is.user.home = Path("/Users/ann");
  out.temp.write("etc/paths", "/usr/local/bin\n/usr/bin\n/bin\n/usr/sbin\n/sbin\n");
  return out;
}

}  // namespace

TEST_CASE("the lines of the block do in every shell what gopol says they do") {
  const std::string odd = "/o'dd \"$x` \\ *?[a] #";
  struct Case {
    PathEdits edits;
    std::string before, after;
  };
  const std::vector<Case> cases = {
      {{Path("/f"), {}, {}}, "/usr/bin:/bin", "/f:/usr/bin:/bin"},
      {{{}, {Path("/a"), Path(odd)}, {}}, "/usr/bin:/bin", "/a:" + odd + ":/usr/bin:/bin"},
      {{Path(odd), {Path("/a")}, {}}, "/usr/bin", odd + ":/a:/usr/bin"},
      {{{}, {}, {Path("/x")}}, "/usr/bin:/bin", "/usr/bin:/bin"},
      {{{}, {}, {Path("/x")}}, "/x:/x:/usr/bin:/x/y:/x:/bin:/x", "/usr/bin:/x/y:/bin"},
      {{{}, {}, {Path("/*")}}, "/a:/usr/bin:/*:/bin", "/a:/usr/bin:/bin"},
      {{{}, {}, {Path(odd), Path("/x")}}, "/x:/usr/bin:" + odd + ":/bin", "/usr/bin:/bin"},
      {{Path("/f"), {Path("/x")}, {Path("/x")}}, "/usr/bin:/x", "/f:/x:/usr/bin"},
  };
  for (const RealShell& real : real_shells) {
    for (const Case& one : cases) {
      const std::string lines = path_lines(real.shell, one.edits);
      CAPTURE(real.program, lines);
      CHECK(path_edits(real.shell, lines) == one.edits);
      CHECK(path_after(real, one.before, lines) == one.after);
    }
  }
}

TEST_CASE("lines that gopol did not write are no edits of its block") {
  for (const RealShell& real : real_shells) {
    CHECK(path_edits(real.shell, "") == PathEdits{});
    const std::string good = path_lines(real.shell, {Path("/f"), {Path("/a")}, {Path("/x")}});
    for (std::size_t cut = 1; cut < good.size(); ++cut) {
      const auto edits = path_edits(real.shell, good.substr(0, cut));
      CHECK((!edits || path_lines(real.shell, *edits) == good.substr(0, cut)));
    }
    CHECK(!path_edits(real.shell, good + "echo\n"));
    CHECK(!path_edits(real.shell, "export PATH=\"/a:/b:$PATH\"\n"));
  }
}

TEST_CASE("folders that go before the others, and those that go, are seen in PATH") {
  for (const char* shell : {"/bin/zsh", "/bin/bash", "/bin/sh"}) {
    CAPTURE(shell);
    Machine machine = mac(shell);
    machine.temp.write("etc/paths.d/go", "/usr/local/go/bin\n");
    Host host = machine.host();
    const auto provider = path_provider();
    for (const char* attribute : {"first", "before", "absent"})
      CHECK(look(*provider, host, "", attribute).value == Value(Absent{}));
    const auto change = change_of(*provider, "",
                                  {{"absent", List{{"/usr/local/go/bin", "/nowhere"}}},
                                   {"before", List{{"/opt/homebrew/bin", "/opt/corp/bin"}}},
                                   {"first", Path("/Users/ann/go/bin")}});
    for (int i = 0; i < 2; ++i) REQUIRE(make(*provider, change, host));
    for (const Assignment& wish : change.assignments) {
      const auto seen = look(*provider, host, "", wish.slot.attribute);
      CHECK(seen.value == wish.to);
      CHECK((seen.elsewhere.empty() && !seen.misplaced));
    }
    CHECK(look(*provider, host, "", "login").value ==
          Value(List{{"/Users/ann/go/bin", "/opt/homebrew/bin", "/opt/corp/bin", "/usr/local/bin",
                      "/usr/bin", "/bin", "/usr/sbin", "/sbin"}}));
    // One attribute moves; the others stay.
    REQUIRE(make(*provider, change_of(*provider, "", {{"before", Absent{}}}), host));
    CHECK(look(*provider, host, "", "before").value == Value(Absent{}));
    CHECK(look(*provider, host, "", "absent").value == change.assignments[0].to);
    REQUIRE(make(*provider, change_of(*provider, "", {{"first", Absent{}}, {"absent", Absent{}}}),
                 host));
    CHECK(machine.temp.read(path_block_file(host).text.substr(1)).empty());
  }
}

TEST_CASE("a block moves behind a line that undoes it") {
  Machine machine = mac();
  Host host = machine.host();
  const auto provider = path_provider();
  const auto change =
      change_of(*provider, "", {{"absent", List{{"/x"}}}, {"before", List{{"/a", "/b"}}}});
  REQUIRE(make(*provider, change, host));
  machine.temp.write("Users/ann/.zlogin", "PATH=/x:$PATH\n");
  for (const char* attribute : {"absent", "before"}) {
    const auto seen = look(*provider, host, "", attribute);
    REQUIRE(seen.elsewhere.size() == 1);
    CHECK(seen.elsewhere[0].where.text() == "login shells and terminals");
    CHECK(seen.elsewhere[0].origin.text() == "/Users/ann/.zlogin:1");
    CHECK(seen.misplaced);
  }
  CHECK(look(*provider, host, "", "absent").value == Value(List{{"/x"}}));
  CHECK(look(*provider, host, "", "absent").elsewhere[0].value == Value(Absent{}));
  CHECK(look(*provider, host, "", "before").elsewhere[0].value == Value(List{{"/x", "/a"}}));
  REQUIRE(make(*provider, change, host));
  CHECK(machine.temp.read("Users/ann/.zprofile").empty());
  const auto moved = look(*provider, host, "", "before");
  CHECK((moved.elsewhere.empty() && !moved.misplaced));
  CHECK(moved.origin.text() == "/Users/ann/.zlogin");
}

TEST_CASE("where a terminal undoes the block, it stands in the rc file too") {
  Machine machine = mac();
  Host host = machine.host();
  const auto provider = path_provider();
  const std::string rc = "PATH=/old:$PATH\n";
  machine.temp.write("Users/ann/.zshrc", rc);
  const auto change = change_of(*provider, "", {{"first", Path("/new")}});
  const auto made = make(*provider, change, host);
  REQUIRE(made);
  const std::string block =
      "# >>> gopol path >>>\nexport PATH=\"/new:$PATH\"\n# <<< gopol path <<<\n";
  CHECK(machine.temp.read("Users/ann/.zprofile") == block);
  CHECK(machine.temp.read("Users/ann/.zshrc") == rc + block);
  CHECK(provider->prepare(change, host)->edits.empty());
  CHECK(look(*provider, host, "", "first").elsewhere.empty());
  SECTION("a part of it that is gone comes back") {
    machine.temp.write("Users/ann/.zshrc", rc);
    CHECK(look(*provider, host, "", "first").misplaced);
    REQUIRE(make(*provider, change, host));
    CHECK(machine.temp.read("Users/ann/.zshrc") == rc + block);
  }
  SECTION("undo is exact") {
    REQUIRE(restore(made->images, host.disk()));
    CHECK(machine.temp.read("Users/ann/.zshrc") == rc);
    CHECK(!machine.temp.has("Users/ann/.zprofile"));
  }
  SECTION("it goes from both") {
    REQUIRE(make(*provider, change_of(*provider, "", {{"first", Absent{}}}), host));
    CHECK(machine.temp.read("Users/ann/.zshrc") == rc);
    CHECK(machine.temp.read("Users/ann/.zprofile").empty());
  }
}

TEST_CASE("gopol's own Go stays before what a policy puts first, whichever came later") {
  Machine machine = mac();
  Host host = machine.host();
  const auto provider = path_provider();
  machine.temp.write_program("brew/go", "");
  machine.temp.write("Users/ann/.zshrc", "PATH=/old:$PATH\n");
  const auto elsewhere = [&](const char* attribute, const PathEdits& edits,
                             std::string_view block) {
    return path_elsewhere(attribute, edits, WorkSessions(host), host, block).size();
  };
  const PathEdits go{Path("/gopol/bin"), {}, {}}, path{Path("/brew"), {}, {}};
  REQUIRE(make(*provider, {}, prepare_path_block(go, host, go_name), host));
  REQUIRE(make(*provider, {}, prepare_path_block(path, host), host));
  CHECK(elsewhere("first", go, go_name) == 0);
  CHECK(elsewhere("first", path, path_name) == 0);
  CHECK(!is_path_block_astray(host, go_name));
  CHECK(prepare_path_block(go, host, go_name)->edits.empty());
  CHECK(prepare_path_block(path, host)->edits.empty());
}

TEST_CASE("what no place of the block helps against is said") {
  Machine machine = mac();
  Host host = machine.host();
  const auto provider = path_provider();
  machine.temp.write("etc/zlogin", "PATH=/old:$PATH\n");
  machine.temp.write("Users/ann/.zlogin", "eval \"$(corp)\"\nreturn\n");
  REQUIRE(make(*provider, change_of(*provider, "", {{"first", Path("/new")}}), host));
  const auto seen = look(*provider, host, "", "first");
  REQUIRE(seen.elsewhere.size() == 1);
  CHECK(!seen.misplaced);
}

TEST_CASE("a block of fish moves behind config.fish, and its old file goes") {
  Machine machine = mac("/opt/homebrew/bin/fish");
  Host host = machine.host();
  const auto provider = path_provider();
  const std::string old = "Users/ann/.config/fish/conf.d/gopol.fish";
  const std::string block =
      "# >>> gopol path >>>\nset -gx PATH '/new' $PATH\n# <<< gopol path <<<\n";
  machine.temp.write(old, block);
  machine.temp.write("Users/ann/.config/fish/config.fish", "set -gx A 1\n");
  CHECK(look(*provider, host, "", "first").value == Value(Path("/new")));
  CHECK(look(*provider, host, "", "first").misplaced);
  const auto change = change_of(*provider, "", {{"first", Path("/new")}});
  const auto made = make(*provider, change, host);
  REQUIRE(made);
  CHECK(!machine.temp.has(old));
  CHECK(machine.temp.read("Users/ann/.config/fish/config.fish") == "set -gx A 1\n" + block);
  CHECK(!look(*provider, host, "", "first").misplaced);
  CHECK(provider->prepare(change, host)->edits.empty());
  REQUIRE(restore(made->images, host.disk()));
  CHECK(machine.temp.read(old) == block);
}

TEST_CASE("what cannot stand in PATH is refused before anything is written") {
  Machine machine = mac();
  Host host = machine.host();
  const auto provider = path_provider();
  for (const char* attribute : {"before", "absent"}) {
    const auto* schema = find_attribute(provider->schema(), attribute);
    REQUIRE(schema->validate != nullptr);
    CHECK(!schema->validate(List{{"/fine", "/a:b"}}));
    CHECK(!schema->validate(List{{"bin"}}));
    CHECK(schema->validate(List{{"/fine"}}));
    CHECK(!make(*provider, change_of(*provider, "", {{attribute, List{{"/a\nb"}}}}), host));
  }
  CHECK(!machine.temp.has("Users/ann/.zprofile"));
}

TEST_CASE("an agent gets launchd's PATH, or what launchctl was told") {
  Machine machine = mac();
  const std::string file = "var/db/com.apple.xpc.launchd/config/user.plist";
  const auto agent = [&] { return look(*path_provider(), machine.host(), "", "agent"); };
  machine.temp.write("Users/ann/.zprofile", "PATH=/mine:$PATH\n");
  CHECK(agent().value == Value(List{{"/usr/bin", "/bin", "/usr/sbin", "/sbin"}}));
  CHECK(agent().origin.text() == "launchd");
  machine.temp.write(file,
                     "<plist version=\"1.0\"><dict><key>PathEnvironmentVariable</key>"
                     "<string>/opt/homebrew/bin:/usr/bin</string></dict></plist>");
  CHECK(agent().value == Value(List{{"/opt/homebrew/bin", "/usr/bin"}}));
  CHECK(agent().origin.text() == "/" + file);
  machine.temp.write(file, "bplist00 cut");
  CHECK(reason(agent().value) == "/" + file + " is no property list");
  machine.is.platform = "linux";
  CHECK(agent().value == Value(Absent{}));
}
