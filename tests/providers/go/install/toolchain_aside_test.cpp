// An old Go out, more than one by key, and damaged trees of ours.
#include <sys/stat.h>

#include <filesystem>

#include "tests/catch.h"
#include "tests/faulty_disk.h"
#include "tests/providers/go/install/toolchain_world.h"

#ifdef GOPOL_NET_PROGRAM

namespace fs = std::filesystem;
using namespace gopol;
using namespace gopol::tests;

namespace {

const std::string local = "/usr/local/go";

Change existence(const std::string& key, bool from, bool to) {
  Change out{"go.toolchain", key, {assignment("exists", Value(from), Value(to))}, {}};
  out.assignments.front().slot.key = key;
  out.wanted = out.assignments;
  return out;
}

void put_old_go(const GoWorld& world) {
  world.temp.write("root" + local + "/VERSION", "go1.19.13\n");
  world.temp.write("root" + local + "/bin/go", program_head("linux", "amd64"));
  world.temp.write("root/etc/paths.d/go", "/usr/local/go/bin\n");
  world.temp.write("root/etc/paths.d/other", "/usr/local/go/bin\n/opt/bin\n");
}

std::string all_files(const GoWorld& world) {
  std::string out;
  for (const auto& entry : fs::recursive_directory_iterator((world.temp / "root").text))
    out += entry.path().string() + "\n";
  return out;
}

std::string help(const dsl::Result<engine::Prepared>& result) {
  return result ? "" : result.error().front().help.text();
}

}  // namespace

TEST_CASE("an old Go goes aside with its line in paths.d, and comes back as it was") {
  GoWorld world;
  put_old_go(world);
  Host host = world.host();
  const std::string before = all_files(world);
  CHECK(seen(*world.provider, host, "exists", local) == Value(true));
  const auto prepared = world.provider->prepare(existence(local, true, false), host);
  REQUIRE(prepared);
  CHECK(prepared->note == "moved to /usr/local/.gopol-aside-go, with /etc/paths.d/go");
  CHECK(!prepared->demands.irreversible);
  CHECK(message(make(*world.provider, existence(local, true, false), host)) == "");
  CHECK(seen(*world.provider, host, "exists", local) == Value(false));
  CHECK(!world.has("etc/paths.d/go"));
  CHECK(world.read("etc/paths.d/other") == "/usr/local/go/bin\n/opt/bin\n");
  CHECK(world.provider->keys(host) == std::vector<std::string>{"default"});
  CHECK(message(make(*world.provider, existence(local, false, true), host)) == "");
  CHECK(all_files(world) == before);
}

TEST_CASE("a Go that goes aside is foreseen as a whole, and so is its return") {
  GoWorld world;
  put_old_go(world);
  Host copy = world.host();
  const std::string before = all_files(world);
  for (const bool goes : {true, false}) {
    const auto foreseen = world.provider->rehearse(existence(local, goes, !goes), copy);
    REQUIRE(foreseen);
    CHECK(*foreseen == engine::Foresight::all);
    CHECK(world.has("usr/local/go/VERSION") == !goes);
  }
  CHECK(all_files(world) == before);
}

TEST_CASE("a disk that fails while a Go goes aside leaves it where it was") {
  for (int fail_at = 1; fail_at < 20; ++fail_at) {
    GoWorld world;
    put_old_go(world);
    const std::string before = all_files(world);
    auto disk = std::make_unique<FaultyDisk>(
        engine::rooted_disk(world.temp / "root", engine::Scratch()), fail_at);
    const FaultyDisk& faulty = *disk;
    Host host = made_up_host(world.temp / "root", {}, std::move(disk));
    const auto made = make(*world.provider, existence(local, true, false), host);
    CAPTURE(fail_at);
    if (!made) CHECK(all_files(world) == before);
    if (faulty.calls() < fail_at) return;
  }
  FAIL("it makes more calls than were tried");
}

TEST_CASE("a package manager's Go stays, and a person hears what to do") {
  GoWorld world;
  Host host = world.host();
  world.temp.write("root/usr/lib/go-1.19/VERSION", "go1.19.13");
  world.temp.write("root/opt/homebrew/Cellar/go/1.22.2/libexec/VERSION", "go1.22.2");
  const auto try_it = [&](const std::string& key) {
    return help(world.provider->prepare(existence(key, true, false), host));
  };
  CHECK(try_it("/usr/lib/go-1.19") == "remove it with the package manager");
  CHECK(try_it("/opt/homebrew/Cellar/go/1.22.2/libexec") == "brew uninstall go");
  CHECK(try_it("/etc") == "name the folder that holds VERSION and bin");
  CHECK(try_it("/") == "name the folder that holds VERSION and bin");
  CHECK(try_it("default") == "take the rule away, and gopol gives back what was there before");
}

TEST_CASE("the Go that gopol's link leads to does not go") {
  GoWorld world;
  Host host = world.host();
  REQUIRE(make(*world.provider, pin("1.22.2"), host));
  CHECK(help(world.provider->prepare(existence("/" + own + "/go1.22.2", true, false), host)) ==
        "pin another version first");
}

TEST_CASE("a version's name is a key: a tree without a link") {
  GoWorld world;
  Host host = world.host();
  const std::string key = GENERATE("1.22.2", "1.22");
  CHECK(seen(*world.provider, host, "exists", key) == Value(false));
  Change change = pin("1.22.2");
  change.key = key;
  for (auto* list : {&change.assignments, &change.wanted}) list->front().slot.key = key;
  CHECK(message(make(*world.provider, change, host)) == "");
  CHECK(seen(*world.provider, host, "exists", key) == Value(true));
  CHECK(seen(*world.provider, host, "version", key) == Value(go_version("1.22.2")));
  CHECK(!fs::is_symlink((world.temp / "root" / (own + "/current")).text));
  CHECK(message(make(*world.provider, existence(key, true, false), host)) == "");
  CHECK(seen(*world.provider, host, "exists", key) == Value(false));
}

TEST_CASE("a tree of a version's name that went aside comes back as it was, unpacking nothing") {
  GoWorld world;
  Host host = world.host();
  const std::string key = GENERATE("1.22.2", "1.22");
  CAPTURE(key);
  Change change = pin("1.22.2");
  change.key = key;
  for (auto* list : {&change.assignments, &change.wanted}) list->front().slot.key = key;
  REQUIRE(message(make(*world.provider, change, host)) == "");
  world.temp.write("root/" + own + "/go1.22.2/mine", "kept");
  const std::string before = all_files(world);
  Change back = existence(key, false, true);
  back.takes_back = true;
  CHECK(world.provider->kept_aside(back, host).empty());
  REQUIRE(message(make(*world.provider, existence(key, true, false), host)) == "");
  CHECK(all_files(world) != before);
  CHECK(world.provider->kept_aside(back, host) ==
        std::vector<Path>{Path("/" + own + "/.gopol-aside-go1.22.2")});
  CHECK(message(make(*world.provider, back, host)) == "");
  CHECK(all_files(world) == before);
}

TEST_CASE("a damaged tree of ours is seen, and unpacked anew") {
  struct Damage {
    std::string what, finding;
    void (*make)(const Path& tree);
  };
  const std::vector<Damage> all = {
      {"no program", "bin/go is missing",
       [](const Path& tree) { fs::remove((tree / "bin/go").text); }},
      {"empty", "bin/go is empty",
       [](const Path& tree) { fs::resize_file((tree / "bin/go").text, 0); }},
      {"cut", "bin/go has another size",
       [](const Path& tree) { fs::resize_file((tree / "bin/go").text, 21); }},
      {"not executable", "bin/go is not executable",
       [](const Path& tree) { ::chmod((tree / "bin/go").text.c_str(), 0644); }},
      {"no source", "src is missing",
       [](const Path& tree) { fs::remove_all((tree / "src").text); }},
      {"a part of the source", "src/big is missing",
       [](const Path& tree) { fs::remove((tree / "src/big").text); }},
  };
  for (const Damage& damage : all) {
    CAPTURE(damage.what);
    GoWorld world;
    Host host = world.host();
    REQUIRE(make(*world.provider, pin("1.22.2"), host));
    const std::string whole = all_files(world);
    damage.make(world.temp / ("root/" + own + "/go1.22.2"));
    const auto read =
        world.provider->observe({{{"go.toolchain", "default", "version", ""}}, {}}, host).front();
    CHECK(read.value.is_absent());
    REQUIRE(read.findings.size() == 1);
    CHECK(read.findings[0].find(damage.finding) != std::string::npos);
    CHECK(message(make(*world.provider, pin("1.22.2"), host)) == "");
    CHECK(seen(*world.provider, host, "version") == Value(go_version("1.22.2")));
    CHECK(all_files(world) == whole);
  }
}

TEST_CASE("a disk that fails while a damaged tree is unpacked anew leaves a tree there") {
  for (int fail_at = 1; fail_at < 40; ++fail_at) {
    GoWorld world;
    {
      Host host = world.host();
      REQUIRE(make(*world.provider, pin("1.22.2"), host));
    }
    fs::remove((world.temp / ("root/" + own + "/go1.22.2/bin/go")).text);
    auto disk = std::make_unique<FaultyDisk>(
        engine::rooted_disk(world.temp / "root", engine::Scratch()), fail_at);
    const FaultyDisk& faulty = *disk;
    Host host = made_up_host(world.temp / "root", {}, std::move(disk));
    const auto made = make(*world.provider, pin("1.22.2"), host);
    CAPTURE(fail_at);
    CHECK(world.has(own + "/go1.22.2/VERSION"));
    if (made) CHECK(world.has(own + "/go1.22.2/bin/go"));
    if (faulty.calls() < fail_at) return;
  }
  FAIL("it makes more calls than were tried");
}

#endif
