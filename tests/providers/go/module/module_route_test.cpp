#include "providers/go/module/module_route.h"

#include <fmt/format.h>

#include "providers/go/module/module_looks.h"
#include "tests/catch.h"
#include "tests/providers/machine.h"

using namespace gopol;
using namespace gopol::tests;
using namespace gopol::providers::go;

namespace {

const RouteKnowledge known{{"proxy.golang.org", "goproxy.cn"}, {"github.com"}, {"*.acme.com/go"}};

/// The route on a machine whose env file says this.
ModuleRoute route(const std::string& env, const std::string& module) {
  const Machine machine;
  machine.temp.write("home/ann/.config/go/env", env);
  const engine::Host host = machine.host();
  const providers::shell::LoginPath login;
  auto out = module_route(module, Variables(host, login, dsl::Path()), known);
  REQUIRE(out);
  return *out;
}

using Lines = std::vector<std::string>;

Lines steps(const ModuleRoute& route) {
  Lines out;
  for (const RouteStep& step : route.steps)
    out.push_back(step.element + (step.on_any_error ? "| " : " ") + step.request);
  return out;
}

Lines told(const ModuleRoute& route) {
  Lines out;
  for (const auto& one : route.told)
    out.push_back(one.server + (one.on.empty() ? "" : ", ") + one.on);
  return out;
}

}  // namespace

TEST_CASE("a module is asked of each element of GOPROXY in turn") {
  CHECK(steps(route("", "github.com/Acme/lib@v1.2.3-RC1")) ==
        Lines{"https://proxy.golang.org "
              "https://proxy.golang.org/github.com/!acme/lib/@v/v1.2.3-!r!c1.info",
              "direct https://github.com/Acme/lib"});
  CHECK(steps(route("GOPROXY=https://a.example/go/|direct\n", "b.org/x/y")) ==
        Lines{"https://a.example/go/| https://a.example/go/b.org/x/y/@v/list",
              "direct https://b.org/x/y?go-get=1"});
  CHECK(steps(route("GOPROXY=https://a.example,off,direct\n", "b.org/x.git/sub")) ==
        Lines{"https://a.example https://a.example/b.org/x.git/sub/@v/list", "off "});
  CHECK(route("GOPROXY=\n", "b.org/x").errors ==
        Lines{"GOPROXY list is not the empty string, but contains no entries"});
}

TEST_CASE("private modules skip proxies and database, even with GOPROXY=off") {
  const ModuleRoute all = route("GOPROXY=off\nGOPRIVATE=b.org\n", "b.org/x");
  CHECK(steps(all) == Lines{"direct https://b.org/x?go-get=1"});
  CHECK(all.no_proxy == "GOPRIVATE");
  CHECK(all.sumdb == "");
  CHECK(all.sumdb_reason == "GOPRIVATE names it");
  CHECK(all.sumdb_route == SumdbRoute::none);
  CHECK(all.vcs_rule + ":" + all.vcs == "private:all");
  CHECK(all.looks == Looks::private_path);
  CHECK(told(all).empty());
  // A list of its own takes the place of GOPRIVATE.
  const ModuleRoute own = route("GOPRIVATE=b.org\nGONOPROXY=none\nGONOSUMDB=c.org\n", "b.org/x");
  CHECK(own.steps.size() == 2);
  CHECK(own.sumdb == "sum.golang.org");
  CHECK(own.keep == "b.org");
  CHECK(own.keep_in == Lines{"GONOPROXY", "GONOSUMDB"});
  CHECK(told(own) ==
        Lines{"https://proxy.golang.org", "sum.golang.org, unless go.sum has the version"});
  const ModuleRoute half = route("GONOPROXY=b.corp\n", "b.corp/x");
  CHECK(half.no_proxy == "GONOPROXY");
  CHECK(half.sumdb_route == SumdbRoute::by_proxy);
  CHECK(half.sumdb_reason ==
        "asked through https://proxy.golang.org if that serves it, else directly");
  // The database is asked through the proxy that is not asked for the module.
  CHECK(told(half) == Lines{"https://proxy.golang.org, if it passes on the checksum database",
                            "sum.golang.org, unless go.sum has the version"});
}

TEST_CASE("who is told a private path is said only of public servers, with its condition") {
  const std::string private_module = "git.corp.example/x";
  CHECK(told(route("GOPROXY=https://own.example,https://goproxy.cn|direct\nGOSUMDB=off\n",
                   private_module)) ==
        Lines{"https://goproxy.cn, if https://own.example does not have it"});
  CHECK(
      told(route("GOPROXY=https://own.example|https://b.example,https://goproxy.cn\nGOSUMDB=off\n",
                 private_module)) ==
      Lines{"https://goproxy.cn, if https://own.example does not have it or fails and "
            "https://b.example does not have it"});
  CHECK(told(route("GOPROXY=https://own.example\nGOSUMDB=sum.golang.org https://own.example/sum\n",
                   private_module))
            .empty());
  CHECK(route("", private_module).keep == "git.corp.example");
  CHECK(route("", "git.acme.com/go/lib").keep == "*.acme.com/go");
  // Go fails at the end, and has asked by then.
  const Lines asked{"https://proxy.golang.org", "sum.golang.org, unless go.sum has the version"};
  CHECK(told(route("GOVCS=nonsense\n", private_module)) == asked);
  CHECK(told(route("GOVCS=*:off\n", private_module)) == asked);
  CHECK(told(route("GOSUMDB=mine\n", private_module)) == Lines{"https://proxy.golang.org"});
  CHECK(told(route("GOPROXY=bogus\n", private_module)).empty());
  CHECK(told(route("GO111MODULE=off\n", private_module)).empty());
  CHECK(told(route("GOPROXY=off\n", private_module)).empty());
  // The database is asked through each proxy in turn, whoever has the module.
  CHECK(told(route("GOPROXY=https://own.example,https://goproxy.cn\n", private_module)).front() ==
        "https://goproxy.cn, if https://own.example does not have it, or if https://own.example "
        "does not pass on the checksum database");
  CHECK(told(route("", "github.com/acme/lib")).empty());
  CHECK(told(route("", "unknown.org/lib")).empty());
}

TEST_CASE("GOVCS and GOINSECURE count for what is fetched directly") {
  CHECK(route("GOVCS=b.org:hg|svn,public:git\n", "b.org/x").vcs == "hg|svn");
  CHECK(route("", "b.org/x").vcs_rule + ":" + route("", "b.org/x").vcs == "public:git|hg");
  CHECK(route("GOINSECURE=b.org\n", "b.org/x").insecure);
  CHECK(!route("GOINSECURE=b.org\nGOPROXY=https://a.example\n", "b.org/x").insecure);
}

TEST_CASE("what ends go belongs to the step at which it does") {
  const std::string forbidden = "GOVCS disallows using git for public github.com/a/b";
  // Nobody is asked: the host would be the first.
  CHECK(route("GOPROXY=direct\nGOVCS=public:hg\n", "github.com/a/b/c").errors == Lines{forbidden});
  // The proxies come first, and may well have it.
  const ModuleRoute last = route("GOVCS=public:hg\n", "github.com/a/b/c");
  CHECK(last.errors.empty());
  REQUIRE(last.steps.size() == 2);
  CHECK(last.steps[0].stops.empty());
  CHECK(last.steps[1].stops == forbidden);
  const std::string malformed = "malformed entry in GOVCS (missing colon): \"nonsense\"";
  CHECK(route("GOVCS=nonsense\n", "github.com/a/b").steps[1].stops == malformed);
  // Where the host has to say what it has, it is asked before.
  const ModuleRoute asked = route("GOVCS=nonsense\nGOPROXY=direct\n", "b.org/x");
  CHECK(asked.errors.empty());
  CHECK(asked.steps[0].stops.empty());
  CHECK(asked.vcs_stops == malformed);
  CHECK(route("GOVCS=nonsense\nGOPROXY=https://a.example\n", "b.org/x").vcs_stops.empty());
  // The database counts after a download.
  const ModuleRoute after = route("GOSUMDB=mine\n", "b.org/x");
  CHECK(after.errors.empty());
  CHECK(after.sumdb.empty());
  CHECK(after.sumdb_stops == "invalid GOSUMDB: malformed verifier id");
  CHECK(route("GO111MODULE=off\n", "b.org/x").errors ==
        Lines{"modules disabled by GO111MODULE=off"});
  CHECK(route("GO111MODULE=yes\n", "b.org/x").errors ==
        Lines{"unknown environment setting GO111MODULE=yes"});
}

TEST_CASE("paths that go takes nowhere, and those that no forge can have") {
  struct Case {
    const char *path, *error;
  };
  const Case cases[] = {
      {"Git.corp.example/x",
       "malformed module path \"Git.corp.example/x\": invalid char 'G' in first path element"},
      {"a.b/.x", "malformed module path \"a.b/.x\": leading dot in path element"},
      {"a.b/x.", "malformed module path \"a.b/x.\": trailing dot in path element"},
      {"a.b/CON.x",
       "malformed module path \"a.b/CON.x\": \"CON\" disallowed as path element component on "
       "Windows"},
      {"a.b/x~1", "malformed module path \"a.b/x~1\": trailing tilde and digits in path element"},
      {"a.b/v1", "malformed module path \"a.b/v1\": invalid version"},
      {"a.b/v02", "malformed module path \"a.b/v02\": invalid version"},
      {"gopkg.in/yaml", "malformed module path \"gopkg.in/yaml\": invalid version"},
      {"gopkg.in/yaml.v3", ""},
      {"gopkg.in/yaml.v0-unstable", ""},
      {"a.b/c/v2", ""},
      {"a.b/~x", ""}};
  for (const Case& one : cases) {
    CAPTURE(one.path);
    const Lines errors = *one.error == 0 ? Lines{} : Lines{one.error};
    CHECK(route("", one.path).errors == errors);
  }
  const Case direct[] = {
      {"github.com/a/b.git", "invalid version control suffix in github.com/ path"},
      {"github.com/a", "invalid github.com import path \"github.com/a\""},
      {"git.apache.org/x", "invalid git.apache.org import path \"git.apache.org/x\""},
      {"hub.jazz.net/git/u/p", ""},
      {"hub.jazz.net/git/u", "invalid hub.jazz.net/git import path \"hub.jazz.net/git/u\""},
      {"b.org/x/y.svn/z", "GOVCS disallows using svn for public b.org/x/y.svn"},
      {"b.org/y.git.d/z", ""}};
  for (const Case& one : direct) {
    CAPTURE(one.path);
    CHECK(route("", one.path).steps[1].stops == one.error);
  }
}

TEST_CASE("the database is the one that GOSUMDB names") {
  CHECK(route("GOSUMDB=off\n", "b.org/x").sumdb_reason == "GOSUMDB=off");
  CHECK(route("GOSUMDB=sum.golang.google.cn\n", "b.org/x").sumdb_reason ==
        "asked at https://sum.golang.google.cn");
  CHECK(route("GOPROXY=direct\n", "b.org/x").sumdb_reason == "asked directly");
  CHECK(route("GOPROXY=direct\n", "b.org/x").sumdb_route == SumdbRoute::directly);
  CHECK(route("GOSUMDB=sum.golang.google.cn\n", "b.org/x").sumdb_route == SumdbRoute::at_address);
  // Toolchains are always looked up.
  CHECK(route("GOPRIVATE=golang.org\n", "golang.org/toolchain").sumdb == "sum.golang.org");
  CHECK(route("GOPRIVATE=golang.org\n", "golang.org/x/tools").sumdb.empty());
}

TEST_CASE("what a name tells: the policy, then suffixes and addresses, then known hosts") {
  struct Case {
    const char* path;
    Looks looks;
    const char* reason;
  };
  const std::vector<Case> cases{
      {"git.acme.com/go/lib", Looks::private_path, "the policy calls `*.acme.com/go` private"},
      {"git.acme.com/other", Looks::unclear, "whether git.acme.com is private does not show"},
      {"git.internal/x", Looks::private_path, "no public host ends in `.internal`"},
      {"nas.home.arpa/x", Looks::private_path, "no public host ends in `.home.arpa`"},
      {"172.16.0.1/x", Looks::private_path, "`172.16.0.1` is no public address"},
      {"172.32.0.1/x", Looks::unclear, "whether 172.32.0.1 is private does not show"},
      {"10.1.2.3/x", Looks::private_path, "`10.1.2.3` is no public address"},
      {"github.com/a", Looks::public_host,
       "everybody may ask github.com; a private repository there does not show"}};
  for (const Case& c : cases) {
    CAPTURE(c.path);
    CHECK(look_at(c.path, known).looks == c.looks);
    CHECK(look_at(c.path, known).reason == c.reason);
  }
}

TEST_CASE("what is no module path is said to be none") {
  const Machine machine;
  const engine::Host host = machine.host();
  const providers::shell::LoginPath login;
  const Variables variables(host, login, dsl::Path());
  for (const char* path : {"", "@v1", "/a.b/c", "a.b/c/", "a.b//c", "a.b/c d", "a.b/c@", "a.b:8/c"})
    CHECK(why(module_route(path, variables, known)) == fmt::format("`{}` is no module path", path));
  CHECK(why(module_route("fmt", variables, known)) == "go fetches no `fmt`");
}

TEST_CASE("a file that cannot be read makes the route unknown") {
  const Machine machine;
  machine.temp.write("home/ann/.config/go/env/x", "");  // a folder
  const engine::Host host = machine.host();
  const providers::shell::LoginPath login;
  const auto out = module_route("b.org/x", Variables(host, login, dsl::Path()), known);
  REQUIRE(out);
  REQUIRE(!out->errors.empty());
  CHECK(out->errors.front().starts_with("unknown: "));
}
