// What go makes of its variables, by release, and what gopol says of them.
#include <fmt/format.h>

#include "engine/plan/planning.h"
#include "providers/go/env/env.h"
#include "providers/go/env/env_validate.h"
#include "providers/go/env/env_variables.h"
#include "providers/go/env/env_write.h"
#include "tests/catch.h"
#include "tests/providers/machine.h"

using namespace gopol;
namespace go = providers::go;

namespace {

/// A machine with a Go behind gopol's link.
void add_go(const tests::Machine& machine, const std::string& version, const std::string& go_env) {
  const std::string root = "home/ann/.local/share/gopol/go/current/";
  machine.temp.write(root + "VERSION", "go" + version + "\n");
  if (!go_env.empty()) machine.temp.write(root + "go.env", go_env);
}

const std::string shipped =
    "GOPROXY=https://proxy.golang.org,direct\nGOSUMDB=sum.golang.org\nGOTOOLCHAIN=auto\n";

/// `VALUE` or `VALUE (inherited)`.
std::string slot(const tests::Machine& machine, const std::string& name) {
  const auto seen = tests::look(*go::env_provider(), machine.host(), "", name);
  return dsl::to_text(seen.value) + (seen.inherited ? " (inherited)" : "");
}

std::vector<std::string> findings(const tests::Machine& machine, const std::string& name) {
  const auto provider = go::env_provider();
  const engine::Query query{{{"go.env", "", "AR", ""}, {"go.env", "", name, ""}}, {}};
  const auto seen = provider->observe(query, machine.host());
  return {seen.back().findings.begin(), seen.back().findings.end()};
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("in go.env the first of two lines counts, in the user's file the last") {
  tests::Machine machine;
  add_go(machine, "1.22.4", shipped + "GOPROXY=off\nGOFLAGS=-v\nGOFLAGS=-x\n");
  CHECK(slot(machine, "GOPROXY") == "https://proxy.golang.org,direct (inherited)");
  CHECK(slot(machine, "GOFLAGS") == "[-v] (inherited)");
  machine.temp.write("home/ann/.config/go/env", "GOFLAGS=-v\nGOFLAGS=-x\n");
  CHECK(slot(machine, "GOFLAGS") == "[-x]");
}

TEST_CASE("up to 1.20 there is no go.env, and since 1.21 no default beside it") {
  tests::Machine old;
  add_go(old, "1.19.8", "GOPROXY=off\n");
  CHECK(slot(old, "GOPROXY") == "https://proxy.golang.org,direct (inherited)");
  CHECK(slot(old, "CGO_CFLAGS") == "-g -O2 (inherited)");
  CHECK(findings(old, "GOPROXY").empty());
  tests::Machine bare;
  add_go(bare, "1.22.4", "");
  CHECK(slot(bare, "GOPROXY") == "absent (inherited)");
  CHECK(slot(bare, "CGO_CFLAGS") == "-O2 -g (inherited)");
  CHECK(findings(bare, "GOSUMDB") ==
        Texts{"/home/ann/.local/share/gopol/go/current/go.env does not set it, and go 1.22 has no "
              "value of its own"});
  bare.temp.write("home/ann/.config/go/env", "GOSUMDB=off\n");
  CHECK(findings(bare, "GOSUMDB").empty());
}

TEST_CASE("of an empty line go takes the default, or nothing") {
  struct Case {
    const char *name, *expected;
  };
  const Case cases[] = {{"GOPROXY", "\"\""},
                        {"GOFLAGS", "[]"},
                        {"GOVCS", "\"\""},
                        {"GOBIN", "absent (inherited)"},
                        {"GOTMPDIR", "absent (inherited)"},
                        {"GOPATH", "/home/ann/go (inherited)"},
                        {"GOMODCACHE", "/home/ann/go/pkg/mod (inherited)"},
                        {"GOCACHE", "/home/ann/.cache/go-build (inherited)"},
                        {"GONOPROXY", "[a.example] (inherited)"},
                        {"GOAUTH", "netrc (inherited)"},
                        {"GOARM64", "v8.0 (inherited)"},
                        {"AR", "ar (inherited)"},
                        {"CC", "gcc (inherited)"},
                        {"GOOS", "linux (inherited)"}};
  for (const Case& one : cases) {
    CAPTURE(one.name);
    tests::Machine machine;
    add_go(machine, "1.24.4", shipped);
    machine.temp.write("home/ann/.config/go/env",
                       std::string("GOPRIVATE=a.example\n") + one.name + "=\n");
    CHECK(slot(machine, one.name) == one.expected);
  }
  tests::Machine machine;
  add_go(machine, "1.19.8", "");
  machine.temp.write("home/ann/.config/go/env", "GOPROXY=\nCGO_ENABLED=yes\n");
  CHECK(slot(machine, "GOPROXY") == "https://proxy.golang.org,direct (inherited)");
  CHECK(slot(machine, "CGO_ENABLED") == "1 (inherited)");  // only 0 and 1 count
}

TEST_CASE("what follows from another variable of the process is hidden too") {
  struct Case {
    std::vector<std::pair<std::string, std::string>> environment;
    const char *name, *by;
  };
  const std::vector<Case> cases{{{{"GOPRIVATE", "x"}}, "GONOSUMDB", "GOPRIVATE=x"},
                                {{{"GOPRIVATE", "x"}}, "GONOPROXY", ""},  // the file says it
                                {{{"GOPATH", "/x"}}, "GOMODCACHE", "GOPATH=/x"},
                                {{{"GOROOT", "/other"}}, "GOPROXY", "GOROOT=/other"},
                                {{{"GOENV", "off"}}, "GONOPROXY", ""},  // told once, of all
                                {{{"GOOS", "darwin"}}, "CC", "GOOS=darwin"},
                                {{{"GOPATH", "/home/ann/go"}}, "GOMODCACHE", ""},
                                {{{"CC", "gcc"}}, "CC", ""},
                                {{{"AR", "ar"}}, "AR", ""},
                                {{{"AR", "llvm-ar"}}, "AR", "AR=llvm-ar"}};
  for (const Case& one : cases) {
    tests::Machine machine;
    add_go(machine, "1.22.4", shipped);
    machine.temp.write("other/go.env", "GOPROXY=direct\n");
    machine.temp.write("home/ann/.config/go/env", "GONOPROXY=y\n");
    machine.is.environment = one.environment;
    CAPTURE(one.name, one.by);
    Texts found = findings(machine, one.name);
    const Texts expected =
        *one.by == 0 ? Texts{} : Texts{fmt::format("hidden by {} in this process", one.by)};
    CHECK(found == expected);
  }
}

TEST_CASE("a value that the Go that runs refuses is a finding, by one rule with the checker") {
  struct Case {
    const char *version, *line, *name, *why;
  };
  const Case cases[] = {{"1.22.4", "GOEXPERIMENT=synctest", "GOEXPERIMENT",
                         "go 1.22 refuses it: unknown GOEXPERIMENT synctest"},
                        {"1.24.4", "GOEXPERIMENT=synctest", "GOEXPERIMENT", ""},
                        {"1.22.4", "GOFLAGS=-artifacts", "GOFLAGS",
                         "go 1.22 refuses it: unknown flag -artifacts in GOFLAGS"},
                        {"1.22.4", "GOARCH=mips", "GOARCH", ""},
                        {"1.22.4", "GOARCH=mips\nGOOS=darwin", "GOARCH",
                         "go 1.22 refuses it: unsupported GOOS/GOARCH pair darwin/mips"},
                        {"1.24.4", "GOCACHEPROG=/x/prog -a", "GOCACHEPROG",
                         "go 1.24 refuses it: there is no program /x/prog"},
                        {"1.22.4", "GOCACHEPROG=/x/prog", "GOCACHEPROG", ""},  // took an experiment
                        {"1.22.4", "GOTOOLCHAIN=go1.24.4\nGOCACHEPROG=/x/prog", "GOCACHEPROG",
                         "go 1.24 refuses it: there is no program /x/prog"},
                        // What no release takes is told by the value itself.
                        {"1.22.4", "GO111MODULE=yes", "GO111MODULE", ""}};
  for (const Case& one : cases) {
    CAPTURE(one.version, one.line);
    tests::Machine machine;
    add_go(machine, one.version, shipped);
    machine.temp.write("home/ann/.config/go/env", std::string(one.line) + "\n");
    CHECK(findings(machine, one.name) == (*one.why == 0 ? Texts{} : Texts{one.why}));
  }
  tests::Machine machine;
  add_go(machine, "1.22.4", shipped + "GO111MODULE=yes\n");
  CHECK(findings(machine, "GO111MODULE") ==
        Texts{"go 1.22 refuses it: `yes` is not one of on, off, auto"});
}

TEST_CASE("values of variables are refused as go refuses them in use") {
  struct Case {
    const char *name, *good, *bad;
  };
  const Case cases[] = {{"GO111MODULE", "on", "on\r"},
                        {"GO111MODULE", "auto", "On"},
                        {"GOAMD64", "v4", "v9"},
                        {"GOOS", "js", "bogus"},
                        {"GOARCH", "wasm", "x86"},
                        {"GOARM", "7,softfloat", "8"},
                        {"GOWORK", "/x/go.work", "rel.work"},
                        {"GOFLAGS", "-mod=mod -trimpath -test.run=x", "-nosuchflag"},
                        {"GOFLAGS", "-v", "-v="},
                        {"GOFLAGS", "-v=T", "-v=maybe"},
                        {"GOFLAGS", "-p=8", "-p=x"},
                        {"GOFLAGS", "-mod=", "-mod"},
                        {"GOFLAGS", "--buildvcs=auto", "-buildvcs=no"},
                        {"GOFLAGS", "-ldflags=-s", "-ldflags"},
                        {"GOFLAGS", "-modfile=x.mod", "-modfile=x"},
                        {"GOFLAGS", "", "-"},
                        {"GOPROXY", "https://[::1]:8080", "https://x y.example"},
                        {"GOPROXY", "file:///srv", "file:///srv?x=1"}};
  for (const Case& one : cases) {
    CAPTURE(one.name, one.good, one.bad);
    const auto& variable = *go::find_env_variable(one.name);
    CHECK(!go::refusal_of(variable, go::value_of(variable, one.good), 0));
    CHECK(go::refusal_of(variable, go::value_of(variable, one.bad), 0));
  }
  CHECK(go::env_write_refusal("GOOS=", 22) == "unsupported GOOS/GOARCH pair /amd64");
  CHECK(go::env_write_refusal("GOARCH=", 22) == "unsupported GOOS/GOARCH pair linux/");
}
