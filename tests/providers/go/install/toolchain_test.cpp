#include "tests/providers/go/install/toolchain_world.h"

#include <filesystem>

#include "engine/encoding/sha256.h"
#include "tests/catch.h"
#include "tests/faulty_disk.h"
#include "tests/go_mirror.h"
#include "tests/made_up_host.h"
#include "tests/make.h"

#ifdef GOPOL_NET_PROGRAM

namespace fs = std::filesystem;
using namespace gopol;
using namespace gopol::tests;
TEST_CASE("a pinned Go is downloaded, linked and seen") {
  GoWorld world;
  Host host = world.host();
  CHECK(seen(*world.provider, host, "version").is_absent());
  const Change change = pin("1.22.2");
  const auto prepared = world.provider->prepare(change, host);
  REQUIRE(prepared);
  CHECK(prepared->note == "sha256 from the mirror's index");
  REQUIRE(prepared->writes.size() == 2);
  CHECK(prepared->writes[0].path.text == "/" + own + "/current");
  CHECK(prepared->writes[1].path.text == "/" + own + "/go1.22.2");
  CHECK(!world.has("home"));
  CHECK(message(make(*world.provider, change, host)) == "");
  CHECK(seen(*world.provider, host, "version") == Value(go_version("1.22.2")));
  CHECK(seen(*world.provider, host, "arch") == Value("amd64"));
  CHECK(seen(*world.provider, host, "origin") == Value("gopol"));
  CHECK(seen(*world.provider, host, "path") == Value(Path("/" + own + "/go1.22.2")));
  CHECK(fs::read_symlink((world.temp / "root" / (own + "/current")).text) ==
        "/" + own + "/go1.22.2");
  CHECK(world.temp.count("root/" + own) == 2);
  CHECK(world.provider->keys(host) == std::vector<std::string>{"default", "/" + own + "/go1.22.2"});
}

TEST_CASE("a Go that is there already is only linked: nothing is fetched") {
  GoWorld world;
  Host host = world.host();
  REQUIRE(make(*world.provider, pin("1.22.2"), host));
  fs::remove((world.temp / "root" / (own + "/current")).text);
  fs::remove_all((world.temp / "mirror").text);
  const auto prepared = world.provider->prepare(pin("1.22.2"), host);
  REQUIRE(prepared);
  CHECK(prepared->writes.size() == 1);
  CHECK(message(make(*world.provider, pin("1.22.2"), host)) == "");
  CHECK(seen(*world.provider, host, "version") == Value(go_version("1.22.2")));
  CHECK(world.has(own + "/go1.22.2/VERSION"));
}

TEST_CASE("where the hash comes from is decided in order, and none is an error with a way out") {
  GoWorld world;
  const Host host = world.host();
  const std::string shipped = index_of({}, world.hash);
  world.temp.write("share/downloads.json", shipped);
  world.set(false, world.temp / "share");
  CHECK(world.provider->prepare(pin("1.22.2"), host)->note ==
        "sha256 from gopol's list of releases");
  const Change pinned = pin("1.22.2", {{"sha256", Value(world.hash)}});
  CHECK(world.provider->prepare(pinned, host)->note == "sha256 from the policy");
  const auto none = world.provider->prepare(pin("1.22.9"), host);
  REQUIRE(!none);
  CHECK(none.error().front().message.text() == "gopol knows no sha256 of go1.22.9 for linux/amd64");
  CHECK(none.error().front().help.text() ==
        "set `sha256` in the policy, or `trust_index = true` in `[download]` of gopol.toml");
}

TEST_CASE("a range takes the newest release in it that gopol knows") {
  GoWorld world;
  const Host host = world.host();
  world.set(false, Path(GOPOL_SOURCE_DIR "/share"));
  Change change = pin("1.22.2");
  for (auto* all : {&change.assignments, &change.wanted}) {
    all->front().to = dsl::Unknown{"chosen when it is applied", ""};
    all->front().allowed = {};
    all->front().allowed.range =
        dsl::Range{dsl::Bound{go_version("1.22"), true}, dsl::Bound{go_version("1.23"), false}};
  }
  const auto prepared = world.provider->prepare(change, host);
  REQUIRE(prepared);
  CHECK(prepared->writes[1].path.name().starts_with("go1.22."));
  for (auto* all : {&change.assignments, &change.wanted}) {
    all->front().allowed.range = dsl::Range{dsl::Bound{go_version("9.1"), true}, {}};
  }
  CHECK(!world.provider->prepare(change, host));
}

TEST_CASE("1.20.0 is the release go1.20") {
  const TinyGo go{.version = "go1.20"};
  GoWorld world(go, go);
  Host host = world.host();
  CHECK(message(make(*world.provider, pin("1.20.0"), host)) == "");
  CHECK(world.has(own + "/go1.20/VERSION"));
  CHECK(seen(*world.provider, host, "version") == Value(go_version("1.20.0")));
}

TEST_CASE("what fails changes nothing and leaves nothing") {
  const auto check = [](GoWorld& world, const Change& change, const std::string& begins) {
    Host host = world.host();
    const std::string said = message(make(*world.provider, change, host));
    CAPTURE(said);
    CHECK(said.starts_with(begins));
    CHECK(!world.has("home"));
  };
  SECTION("a wrong hash") {
    GoWorld world;
    check(world, pin("1.22.2", {{"sha256", Value(std::string(64, 'a'))}}), "file://");
  }
  SECTION("another version inside") {
    GoWorld world({}, {.version = "go1.22.3"});
    check(world, pin("1.22.2"), "file://");
  }
  SECTION("another processor inside") {
    GoWorld world({}, {.arch = "arm64"});
    check(world, pin("1.22.2"), "file://");
  }
  SECTION("not on the mirror") {
    GoWorld world;
    check(world, pin("1.22.8"), "file://");
  }
}

TEST_CASE("a disk that fails at any moment leaves things as they were") {
  GoWorld world;
  for (int fail_at = 1;; ++fail_at) {
    CAPTURE(fail_at);
    auto disk = std::make_unique<FaultyDisk>(
        engine::rooted_disk(world.temp / "root", engine::Scratch()), fail_at);
    const FaultyDisk& faulty = *disk;
    Host host = made_up_host(world.temp / "root", {}, std::move(disk));
    const bool done = make(*world.provider, pin("1.22.2"), host).has_value();
    if (faulty.calls() < fail_at) break;
    if (!done) CHECK(seen(*world.provider, host, "version").is_absent());
    CHECK(!world.has(own + "/current") == !done);
    CHECK(world.has(own + "/go1.22.2") == done);
    REQUIRE(fail_at < 50);
    fs::remove_all((world.temp / "root/home").text);
  }
}

TEST_CASE("what a killed run left beside the directory is removed") {
  GoWorld world;
  Host host = world.host();
  world.temp.write("root/" + own + "/.gopol-staging-1.part/go/VERSION", "go1.22.2");
  CHECK(message(make(*world.provider, pin("1.22.2"), host)) == "");
  CHECK(world.temp.count("root/" + own) == 2);
}

TEST_CASE("something else at the directory or the link stays, as an error") {
  GoWorld world;
  const Host host = world.host();
  world.temp.write("root/" + own + "/go1.22.2/notes", "mine");
  const auto taken = world.provider->prepare(pin("1.22.2"), host);
  REQUIRE(!taken);
  CHECK(taken.error().front().message.text() ==
        "`/" + own + "/go1.22.2` is there and is no go1.22.2 for amd64");
  world.temp.write("root/opt/link", "mine");
  CHECK(!world.provider->prepare(
      pin("1.22.2", {{"link", Value(Path("/opt/link"))}, {"directory", Value(Path("/opt/go"))}}),
      host));
}

TEST_CASE("directory and link may be said; another processor's tree lies beside the usual one") {
  const TinyGo go{.arch = "arm64"};
  GoWorld world(go, go);
  Host host = world.host();
  const auto arm = world.provider->prepare(pin("1.22.2", {{"arch", Value("arm64")}}), host);
  REQUIRE(arm);
  CHECK(arm->writes[1].path.name() == "go1.22.2-arm64");
  const Change change = pin("1.22.2", {{"arch", Value("arm64")},
                                       {"directory", Value(Path("/opt/go1.22"))},
                                       {"link", Value(Path("/opt/go"))}});
  CHECK(message(make(*world.provider, change, host)) == "");
  CHECK(world.has("opt/go1.22/VERSION"));
  CHECK(world.read("opt/go1.22/VERSION").starts_with("go1.22.2"));
  CHECK(world.temp.count("root/opt") == 2);
}

TEST_CASE("on_path keeps a block in the profile, and first_on_path sees it") {
  GoWorld world;
  Host host = world.host();
  REQUIRE(make(*world.provider, pin("1.22.2"), host));
  CHECK(seen(*world.provider, host, "on_path") == Value(false));
  Change change{"go.toolchain", "default", {assignment("on_path", Value(false), Value(true))}, {}};
  change.wanted = change.assignments;
  const auto prepared = world.provider->prepare(change, host);
  REQUIRE(prepared);
  CHECK(prepared->edits.size() == 1);
  const auto made = make(*world.provider, change, host);
  CHECK(message(made) == "");
  CHECK(seen(*world.provider, host, "on_path") == Value(true));
  CHECK(seen(*world.provider, host, "first_on_path") == Value(true));
  REQUIRE(engine::restore(made->images, host.disk()));
  CHECK(seen(*world.provider, host, "on_path") == Value(false));
}

TEST_CASE("other toolchains are read by their path and never changed") {
  GoWorld world;
  const Host host = world.host();
  world.temp.write("root/usr/local/go/VERSION", "devel go1.23-abc Thu");
  world.temp.write("root/usr/local/go/bin/go", program_head("linux", "arm64"));
  CHECK(seen(*world.provider, host, "version", "/usr/local/go").is_unknown());
  CHECK(seen(*world.provider, host, "arch", "/usr/local/go") == Value("arm64"));
  CHECK(seen(*world.provider, host, "origin", "/usr/local/go") == Value("archive"));
  Change change = pin("1.22.2");
  change.key = "/usr/local/go";
  CHECK(!world.provider->prepare(change, host));
}

#endif
