#include "providers/shell/session/login_path.h"
#include "tests/catch.h"
#include "tests/providers/machine.h"

using namespace gopol::tests;
using namespace gopol::providers;
using gopol::providers::shell::login_path;
using gopol::providers::shell::LoginPath;

namespace {

Machine fish(const std::string& config) {
  Machine out;
  out.is.platform = "linux";
  out.is.user_shell = "/usr/bin/fish";
  out.is.user_name = "ann";
  out.is.user.uid = 1000;
  out.is.user.home = gopol::dsl::Path("/home/ann");
  out.temp.write("home/ann/.config/fish/config.fish", config);
  return out;
}

/// `A:B`, with `?` and its reason where no more is known.
std::string shown_path(const LoginPath& session) {
  std::string out;
  for (const auto& entry : session.entries)
    out += (out.empty() ? "" : ":") + (entry.unknown ? "? " + entry.unknown->reason : entry.folder);
  return out;
}

const std::string usual_path = "/usr/local/bin:/usr/bin:/bin:/usr/local/games:/usr/games";

}  // namespace

TEST_CASE("lines of fish and what they make of PATH") {
  struct Case {
    std::string text, path;  ///< `@` stands for PATH before
  };
  const std::string lost = "? /home/ann/.config/fish/config.fish:1 prevents knowing PATH: ";
  const std::vector<Case> cases = {
      {"set -gx PATH /a $PATH", "/a:@"},
      {"set PATH $PATH /a /b", "@:/a:/b"},
      {"set -gx PATH \"/a:/b:$PATH\"", "/a:/b:@"},
      {"set -x PATH ~/bin /opt/{x,y}/bin $PATH", "/home/ann/bin:/opt/x/bin:/opt/y/bin:@"},
      {"if test -d /nope\n  set PATH /a $PATH\nelse if not set -q X\n  set PATH /b $PATH\nend",
       "/b:@"},
      {"contains /usr/bin $PATH; or set PATH /a $PATH", "@"},
      {"for d in /a /b\n  set -p PATH $d\nend", "/b:/a:@"},
      {"switch (uname)\n  case Linux\n    set PATH /a $PATH\n  case '*'\n    set PATH /b "
       "$PATH\nend",
       "/a:@"},
      {"function add -a dir\n  set -gx PATH $dir $PATH\nend\nadd /a", "/a:@"},
      {"begin; set -lx PATH /a; end", "@"},
      {"export PATH=\"/a:$PATH\"", "/a:@"},
      {"set -U fish_user_paths /a /b", "/a:/b:@"},
      {"fish_add_path /nope", "@"},
      {"set PATH /a (strange-program)", "/a:" + lost},
      {"if true", lost + "a block is not closed"},
  };
  for (const Case& one : cases) {
    CAPTURE(one.text);
    std::string wanted = one.path;
    if (const auto at = wanted.find('@'); at != std::string::npos)
      wanted.replace(at, 1, usual_path);
    const std::string got = shown_path(login_path(fish(one.text + "\n").host()));
    CHECK((wanted.ends_with(": ") ? got.starts_with(wanted) : got == wanted));
  }
}

TEST_CASE("fish's universal variables are known, and those of a block end with it") {
  Machine machine = fish("set -lx A 1\nset -gx B 2\nset -e C\nbegin\n  set -lx D 4\nend\n");
  machine.temp.write("home/ann/.config/fish/fish_variables",
                     "# VERSION: 3.0\nSETUVAR --export GOPRIVATE:a.example\\x2cb.example\n"
                     "SETUVAR fish_user_paths:/u/one\\x1e/u/two\n");
  const LoginPath session = login_path(machine.host());
  CHECK(shown_path(session) == "/u/one:/u/two:" + usual_path);
  REQUIRE(session.variable("GOPRIVATE") != nullptr);
  CHECK(session.variable("GOPRIVATE")->value == "a.example,b.example");
  REQUIRE(session.variable("B") != nullptr);
  CHECK(session.variable("B")->value == "2");
  CHECK(session.variable("A") == nullptr);
  CHECK(session.variable("D") == nullptr);
}
