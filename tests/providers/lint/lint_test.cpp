#include <map>
#include <string>
#include <vector>

#include "dsl/lint/ignore.h"
#include "providers/lint/knowledge.h"
#include "providers/lint/machines.h"
#include "providers/lint/proxy_address.h"
#include "providers/lint/subject.h"
#include "providers/providers.h"
#include "tests/catch.h"
#include "tests/lint.h"
#include "tests/policy_text.h"

using namespace gopol;
using providers::lint::Kinds;
using providers::lint::Machines;

namespace {

const dsl::Schemas& schemas() {
  static const dsl::Schemas all = engine::schemas_of(providers::standard_providers({}, {}));
  return all;
}

/// The codes of what is said, but notes, joined by blanks.
std::string codes(const std::string& text) {
  dsl::SourceMap sources;
  std::string out;
  for (const auto& one : tests::linted(text, sources)) {
    if (one.severity == dsl::Severity::note) continue;
    out += (out.empty() ? "" : " ") + one.code;
  }
  return out;
}

/// The releases of macOS that a condition may hold on, as `arm64` or `x86_64`; `linux` too.
std::string where(const std::string& condition) {
  const std::vector<providers::lint::MacRelease> releases = {
      {"13", "Ventura", "14", false}, {"14", "Sonoma", "15", true}, {"26", "Tahoe", "27", true}};
  const Kinds kinds(releases);
  dsl::SourceMap sources;
  const auto policy = tests::policy_of(
      "enforce a { when " + condition + " go.env { GOSUMDB = off } }", schemas(), sources);
  const Machines found =
      kinds.where(policy.rules.front().guard, policy, kinds.where_shared(policy)).yes;
  std::string out;
  for (std::size_t i = 0; i < releases.size(); ++i) {
    const Machines here = found & kinds.of_release(i);
    if (here == 0) continue;
    out += releases[i].version;
    if ((here & kinds.of_arch("x86_64")) == 0) out += "a";
    if ((here & kinds.of_arch("arm64")) == 0) out += "x";
    out += ' ';
  }
  if ((found & ~kinds.macs()) != 0) out += "linux";
  return out;
}

}  // namespace

TEST_CASE("a condition holds on machines that can be told apart") {
  const struct {
    const char* condition;
    const char* expected;
  } cases[] = {
      {"os.family == macos", "13 14 26 "},
      {"os.family != macos", "linux"},
      {"os.family == macos and os.version >= 14", "14 26 "},
      {"os.family == macos and os.version > 14.5", "14 26 "},
      {"os.family == macos and os.version < 14", "13 "},
      {"os.family == macos and os.version <= 14", "13 14 "},
      {"os.family == macos and not (os.version >= 14)", "13 "},
      {"os.family == macos and os.version in 14 ..< 16", "14 "},
      {"os.family == macos and os.version in 15 ..< 26", ""},
      {"os.family == macos and os.version in 15 .. 26", "26 "},
      {"os.family == macos and os.version == 14.5", "14 "},
      {"os.family == macos and os.version != 14.5", "13 14 26 "},
      {"os.family == macos and os.version == 14.x", "14 "},
      {"os.family == macos and not (os.version in 13 ..< 15)", "26 "},
      {"os.family == macos and cpu.arch == arm64", "13a 14a 26a "},
      {"os.family == macos and cpu.arch in [x86_64] and os.version < 14", "13x "},
      {"os.family == macos and (os.version < 14 or cpu.arch == x86_64)", "13 14x 26x "},
      {"cpu.cores > 4", "13 14 26 linux"},
  };
  for (const auto& one : cases) {
    CAPTURE(one.condition);
    CHECK(where(one.condition) == one.expected);
  }
}

TEST_CASE("versions in words hold what they say") {
  const struct {
    const char* words;
    const char* version;
    bool expected;
  } cases[] = {
      {"<1.24.0", "1.23.12", true},
      {"<1.24.0", "1.24.0", false},
      {"<1.20.9; >=1.21.0 <1.21.2", "1.20.8", true},
      {"<1.20.9; >=1.21.0 <1.21.2", "1.20.9", false},
      {"<1.20.9; >=1.21.0 <1.21.2", "1.21.1", true},
      {"1.25.*", "1.25.12", true},
      {"1.25.*", "1.26.0", false},
      {"1.22.4;1.22.5", "1.22.5", true},
      {"1.22.4;1.22.5", "1.22.6", false},
      {"-", "1.2", true},
  };
  for (const auto& one : cases) {
    CAPTURE(one.words, one.version);
    const auto versions = providers::lint::parse_versions(one.words, dsl::VersionScheme::go);
    REQUIRE(versions);
    CHECK(versions->holds({one.version, dsl::VersionScheme::go}) == one.expected);
  }
  CHECK(!providers::lint::parse_versions("1.x", dsl::VersionScheme::apple));
  CHECK(!providers::lint::parse_versions(">=", dsl::VersionScheme::apple));
}

TEST_CASE("the parts of a proxy's address") {
  using providers::lint::parse_address;
  CHECK(parse_address("https://u:p@a.example:8080/x").host == "a.example");
  CHECK(parse_address("direct").host.empty());
  CHECK(providers::lint::is_loopback("127.0.0.1"));
  CHECK(!providers::lint::is_loopback("localhost.example"));
}

TEST_CASE("settings of machines that no rule shares are not held against each other") {
  const std::string pin =
      "enforce a { when os.family == macos and os.version >= 13"
      " go.toolchain \"default\" { version = 1.27.0 } }\n";
  CHECK(codes(pin + "enforce b { when os.family == linux go.env { GOTOOLCHAIN = auto } }").empty());
  CHECK(codes(pin + "enforce b { go.env { GOTOOLCHAIN = auto } }") == "L406");
  CHECK(codes(pin + "enforce b { go.env { GOTOOLCHAIN = \"go1.27.0\" } }").empty());
  CHECK(codes(pin + "enforce b { go.env { GOTOOLCHAIN = \"go1.26.7\" } }") == "L406");
  CHECK(codes("enforce a { when os.family == linux go.toolchain \"default\" { version = 1.27.0 } }")
            .empty());
}

TEST_CASE("one root cause is told once") {
  CHECK(codes("enforce a { go.env { GOROOT = \"/usr/local/go\" } }") == "L408");
  CHECK(codes("enforce a { go.env { GOROOT = \"/usr/local/go\"  GOTOOLCHAIN = local } }") ==
        "L412");
  CHECK(codes("enforce a { go.env { GOSUMDB = off  GOPRIVATE = [\"*\"] } }") == "L401");
  CHECK(codes("enforce a { go.env { GOFLAGS = [\"-gcflags=all=-N -l\"] } }") == "L412");
  CHECK(codes("enforce a { go.env { GOFLAGS = [\"-gcflags=-lang=go1.20\"] } }").empty());
  CHECK(codes("profile p { when os.family == macos and os.version < 13\n"
              "enforce a { go.env { GOSUMDB = \"sum.golang.org\" } }\n"
              "enforce b { go.env { GOVCS = \"\" } } }") == "L505");
  CHECK(codes("profile base(n: string = \"x\") { enforce a { go.env { GO111MODULE = off } when"
              " machine.name != n } }\nprofile p extends base { }\nprofile q extends base(n ="
              " \"y\") { }") == "L410");
}

TEST_CASE("who learns the names of private modules") {
  const auto env = [](const std::string& body) {
    return codes("enforce a { go.env { " + body + " } }");
  };
  const std::string open = "GOPROXY = [\"https://proxy.golang.org\", direct] ";
  const std::string both = "GOPROXY = [\"https://own.example\", \"https://proxy.golang.org\"] ";
  CHECK(env(open).empty());
  CHECK(env(open + "GONOSUMDB = [\"git.corp.example/*\"]") == "L403");
  CHECK(env(open + "GONOSUMDB = [\"git.corp.example/a/*\"] GOPRIVATE = [\"git.corp.example\"]")
            .empty());
  CHECK(
      env(open + "GONOSUMDB = [\"git.corp.example/*\"] GOPRIVATE = [\"*.corp.example\"]").empty());
  CHECK(env(open + "GONOSUMDB = [\"none\"]").empty());
  CHECK(env(both) == "L403");
  CHECK(env(both + "GOPRIVATE = [\"git.corp.example\"]").empty());
  CHECK(env("GONOPROXY = [\"git.corp.example/*\"]") == "L403");
  CHECK(env("GONOPROXY = [\"git.corp.example/*\"] GONOSUMDB = [\"git.corp.example\"]").empty());
}

TEST_CASE("what Homebrew is asked for") {
  CHECK(codes("enforce a { brew.formula \"golang/arm/go\" present }") == "L412");
  CHECK(codes("enforce a { brew.formula \"go\" present }").empty());
  CHECK(codes("warn a { brew.install { prefix = \"/usr/local\" arch = arm64 } }") == "L501");
  CHECK(codes("warn a { brew.install { prefix = \"/usr/local\" arch = x86_64 } }").empty());
}

TEST_CASE("a release that GOTOOLCHAIN names is a pin too") {
  CHECK(codes("enforce a { go.env { GOTOOLCHAIN = \"go1.20.3+auto\" } }") == "L409");
  CHECK(codes("enforce a { go.toolchain \"default\" { version = 1.26.1 } go.env { GOTOOLCHAIN = "
              "\"go1.26.1\" } }") == "L409");
}

TEST_CASE("a fact that may be absent is unequal to all, but in what a test expects") {
  const std::string unequal = "go.toolchain[\"x\"].version != 1.27.0";
  CHECK(codes("enforce a { when " + unequal + " go.env { GOVCS = \"\" } }") == "L303");
  CHECK(codes("assert a { that " + unequal + " }") == "L303");
  CHECK(codes("assert a { when go.toolchain[\"x\"].version is present that cpu.arch == arm64 and " +
              unequal + " }") == "L303");
  CHECK(
      codes("assert a { that go.toolchain[\"x\"].version is absent or " + unequal + " }").empty());
  CHECK(codes("test \"x\" { given { cpu.cores = 1 } expect " + unequal + " }").empty());
}

TEST_CASE("what a library sets is silenced where it is extended") {
  const std::map<std::string, std::string> files = {
      {"base.policy",
       "gopol 1.0\nprofile old(go: version = 1.22.2) {\n"
       "  enforce pin { go.toolchain \"default\" { version = go } }\n}\n"}};
  const auto found = [&](const std::string& text) {
    dsl::SourceMap sources;
    std::string out;
    for (const auto& one : tests::linted("import \"base.policy\"\n" + text, sources, files)) {
      if (one.severity != dsl::Severity::note) out += one.code;
    }
    return out;
  };
  const std::string ignore = "# gopol:ignore L409 until 2099-01-01 because \"x\"\n";
  CHECK(found("profile p extends base.old(go = 1.22.5) { }") == "L409");
  CHECK(found(ignore + "profile p extends base.old(go = 1.22.5) { }").empty());
  CHECK(found(ignore + "profile p extends base.old { }").empty());
}

TEST_CASE("a flag that mends a known-bad pair mends it from the release on that knows it") {
  const auto with = [](const std::string& version, const std::string& flag) {
    return codes(
        "enforce a { when os.family == macos and os.version in 14 ..< 16"
        " go.toolchain \"default\" { version = " +
        version + " } go.env { GOFLAGS = [\"" + flag + "\"] } }");
  };
  CHECK(with("1.22.2", "-trimpath") == "L409 L415");
  CHECK(with("1.22.2", "-ldflags=-B=gobuildid") == "L409 L415");
  CHECK(with("1.22.12", "-ldflags=-B=gobuildid") == "L409");
  CHECK(with("1.22.2", "-ldflags=-linkmode=external") == "L409");
  CHECK(with("1.24.13", "-trimpath") == "L409");
}

TEST_CASE("a comment silences its own line, or the next that is no comment") {
  const std::string ignore = "# gopol:ignore L410 until 2099-01-01 because \"x\"\n";
  const std::string rule = "enforce a { go.env { GO111MODULE = off } }";
  CHECK(codes(rule) == "L410");
  CHECK(codes(ignore + rule).empty());
  CHECK(codes(rule + "  " + ignore).empty());
  CHECK(codes(ignore + "\n# why\n\n" + rule).empty());
  CHECK(codes(ignore + "let x = 1\n" + rule) == "L803 L608 L410");
  CHECK(codes(rule + "\n" + ignore) == "L410 L803");
  CHECK(codes("#gopol:ignore  L410\tuntil 2099-01-01 because \"x\"\r\n" + rule).empty());
  CHECK(codes("# gopol:ignored, as agreed\n" + rule) == "L410");
  CHECK(codes("# gopol:ignore L410 until 2099-01-01 because \"\"\n" + rule) == "L801 L410");
  CHECK(codes("# gopol:ignore L410 until 2099-02-30 because \"x\"\n" + rule) == "L801 L410");
  CHECK(codes("# gopol:ignore L410 until 2026-11-24 because \"x\"\n" + rule).empty());
  CHECK(codes("# gopol:ignore L410 until 2026-11-23 because \"x\"\n" + rule) == "L802 L410");
  CHECK(codes("# gopol:ignore L803 until 2099-01-01 because \"x\"\n" + ignore + "let x = 1") ==
        "L801 L803 L608");
}

TEST_CASE("two rules whose folders go before the others in PATH keep no order between them") {
  const std::string one = "enforce a { path { before includes [\"/b\"] } }\n";
  CHECK(codes(one + "enforce b { path { before includes [\"/a\"] } }") == "L506");
  CHECK(codes("enforce a { path { before = [\"/b\", \"/a\"] } }").empty());
  CHECK(codes("enforce a { when os.family == macos path { before includes [\"/b\"] } }\n"
              "enforce b { when os.family == linux path { before includes [\"/a\"] } }")
            .empty());
}
