#include <sys/stat.h>

#include <algorithm>
#include <ctime>
#include <filesystem>

#include "providers/files/directory.h"
#include "providers/files/file.h"
#include "providers/files/line.h"
#include "providers/files/symlink.h"
#include "tests/catch.h"
#include "tests/other_process.h"
#include "tests/providers/machine.h"

namespace fs = std::filesystem;
using namespace gopol::engine;
using namespace gopol::tests;
using namespace gopol::providers::files;
using gopol::dsl::List;

namespace {

const std::string key = "/home/ann/thing";

std::string mode_of(const Machine& machine, const char* name) {
  struct stat found {};
  ::stat((machine.temp / name).text.c_str(), &found);
  char out[8];
  std::snprintf(out, sizeof out, "%04o", static_cast<unsigned>(found.st_mode & 07777));
  return out;
}

/// Moves, checks that it is as asked, that a second time changes nothing, and takes it back.
void check_laws(const Provider& provider, Machine& machine,
                const std::vector<std::pair<std::string, Value>>& moves) {
  Host host = machine.host();
  const Change change = change_of(provider, key, moves);
  std::vector<Value> before;
  for (const auto& [attribute, to] : moves)
    before.push_back(look(provider, host, key, attribute).value);
  const auto prepared = provider.prepare(change, host);
  REQUIRE(prepared);
  for (std::size_t i = 0; i < moves.size(); ++i)
    CHECK(look(provider, host, key, moves[i].first).value == before[i]);
  const auto made = make(provider, change, host);
  for (int i = 0; i < 2; ++i) {
    CHECK(why(i == 0 ? made : make(provider, change, host)) == "");
    for (const auto& [attribute, to] : moves)
      CHECK(look(provider, host, key, attribute).value == to);
  }
  CHECK(machine.temp.count("home/ann") ==
        (provider.schema().existence && moves[0].second == Value(false) ? 0 : 1));
  REQUIRE(made);
  REQUIRE(restore(made->images, host.disk()));
  for (std::size_t i = 0; i < moves.size(); ++i)
    CHECK(look(provider, host, key, moves[i].first).value == before[i]);
}

}  // namespace

TEST_CASE("a file is made, changed and removed, and each is taken back") {
  const auto provider = file_provider();
  Machine machine;
  fs::create_directories((machine.temp / "home/ann").text);
  check_laws(*provider, machine, {{"exists", true}});
  check_laws(*provider, machine, {{"content", "x\n"}, {"exists", true}, {"mode", "0600"}});
  machine.temp.write("home/ann/thing", std::string("old\0\r\n", 6));
  ::chmod((machine.temp / "home/ann/thing").text.c_str(), 0640);
  check_laws(*provider, machine, {{"content", "new"}});
  check_laws(*provider, machine, {{"mode", "0444"}});
  check_laws(*provider, machine, {{"content", "new"}, {"mode", "4755"}});
  check_laws(*provider, machine, {{"exists", false}});
  CHECK(machine.temp.read("home/ann/thing") == std::string("old\0\r\n", 6));
  CHECK(mode_of(machine, "home/ann/thing") == "0640");
}

TEST_CASE("a file's link stays a link, and its undo restores what it names") {
  const auto provider = file_provider();
  Machine machine;
  machine.temp.write("real", "old");
  fs::create_directories((machine.temp / "home/ann").text);
  fs::create_symlink("/real", (machine.temp / key.substr(1)).text);
  check_laws(*provider, machine, {{"content", "new"}});
  CHECK(machine.temp.read("real") == "old");
  check_laws(*provider, machine, {{"exists", false}});
  fs::remove((machine.temp / "real").text);
  check_laws(*provider, machine, {{"content", "made"}});
  CHECK(!machine.temp.has("real"));
  CHECK(fs::is_symlink((machine.temp / key.substr(1)).text));
}

TEST_CASE("what is of another kind is unknown and stays") {
  Machine machine;
  machine.temp.write("home/ann/thing/inside", "x");
  Host host = machine.host();
  CHECK(reason(look(*file_provider(), host, key, "content").value) ==
        "`/home/ann/thing` is a folder, not a file");
  CHECK(reason(look(*symlink_provider(), host, key, "exists").value) ==
        "`/home/ann/thing` is a folder, not a link");
  CHECK(reason(look(*line_provider(), host, key, "lines").value) ==
        "`/home/ann/thing` is a folder, not a file");
  CHECK(reason(look(*directory_provider(), host, key + "/inside", "mode").value) ==
        "`/home/ann/thing/inside` is a file, not a folder");
  for (const auto& provider : {file_provider(), symlink_provider(), directory_provider()}) {
    CHECK(!make(*provider, change_of(*provider, key, {{"exists", false}}), host));
  }
  CHECK(!make(*file_provider(), change_of(*file_provider(), key, {{"content", "x"}}), host));
  CHECK(machine.temp.read("home/ann/thing/inside") == "x");
}

TEST_CASE("a folder is made with its mode; only an empty one is removed") {
  const auto provider = directory_provider();
  Machine machine;
  fs::create_directories((machine.temp / "home/ann").text);
  check_laws(*provider, machine, {{"exists", true}, {"mode", "0700"}});
  fs::create_directories((machine.temp / "home/ann/thing").text);
  check_laws(*provider, machine, {{"mode", "0711"}});
  check_laws(*provider, machine, {{"exists", false}});
  machine.temp.write("home/ann/thing/inside", "x");
  Host host = machine.host();
  CHECK(why(make(*provider, change_of(*provider, key, {{"exists", false}}), host)) ==
        "`/home/ann/thing` is not empty: it holds `inside`");
  const std::vector<FileImage> was_absent{{Path(key), {}, ""}};
  CHECK(!restore(was_absent, host.disk()));
  CHECK(machine.temp.read("home/ann/thing/inside") == "x");
}

TEST_CASE("a link is made, switched and removed") {
  const auto provider = symlink_provider();
  Machine machine;
  fs::create_directories((machine.temp / "home/ann").text);
  check_laws(*provider, machine, {{"exists", true}, {"target", "../b"}});
  fs::create_symlink("nowhere", (machine.temp / key.substr(1)).text);
  check_laws(*provider, machine, {{"target", "/etc"}});
  check_laws(*provider, machine, {{"exists", false}});
  Host host = machine.host();
  CHECK(!provider->prepare(change_of(*provider, key, {{"exists", true}}), host));
}

TEST_CASE("lines are added and removed, the rest stays to the byte") {
  struct Case {
    std::string before;
    std::vector<std::string> includes, excludes;
    std::string after;
  };
  const std::vector<Case> cases = {
      {"a\nb\n", {"d", "c"}, {}, "a\nb\nc\nd\n"},
      {"a\nb", {"c"}, {}, "a\nb\nc\n"},
      {"a\r\nb\r\n", {"c"}, {}, "a\r\nb\r\nc\r\n"},
      {"a\r\nb", {"c"}, {}, "a\r\nb\r\nc\r\n"},
      {"a\nb\na\n\na", {}, {"a"}, "b\n\n"},
      {"a\r\nb\nc", {"d"}, {"b"}, "a\r\nc\nd\n"},
      {"", {"x"}, {}, "x\n"},
      {"x\n x\n", {"x"}, {"y"}, "x\n x\n"},
      {"x", {}, {"x"}, ""},
  };
  const auto provider = line_provider();
  for (const Case& one : cases) {
    CAPTURE(one.before);
    Machine machine;
    machine.temp.write("home/ann/thing", one.before);
    Host host = machine.host();
    Change change = change_of(*provider, key, {{"lines", List{}}});
    change.assignments[0].allowed.includes = one.includes;
    change.assignments[0].allowed.excludes = one.excludes;
    const auto made = make(*provider, change, host);
    REQUIRE(made);
    for (int i = 0; i < 2; ++i) {
      if (i > 0) REQUIRE(make(*provider, change, host));
      CHECK(machine.temp.read("home/ann/thing") == one.after);
    }
    CHECK(gopol::dsl::contains(change.assignments[0].allowed,
                               look(*provider, host, key, "lines").value));
    REQUIRE(restore(made->images, host.disk()));
    CHECK(machine.temp.read("home/ann/thing") == one.before);
  }
}

TEST_CASE("a list of lines is the whole file") {
  Machine machine;
  fs::create_directories((machine.temp / "home/ann").text);
  check_laws(*line_provider(), machine, {{"lines", List{{"a", "", "b"}}}});
  machine.temp.write("home/ann/thing", "b\r\na\nc");
  check_laws(*line_provider(), machine, {{"lines", List{{"a", "b"}}}});
  check_laws(*line_provider(), machine, {{"lines", List{}}});
}

namespace {

/// What changing `count` lines takes of the processor, whoever else uses it: the least of three.
std::clock_t work_for(int count) {
  std::string lines;
  Change change = change_of(*line_provider(), key, {{"lines", List{}}});
  for (int i = 0; i < count; ++i) {
    lines += "line " + std::to_string(i) + "\n";
    auto& allowed = change.assignments[0].allowed;
    (i % 2 == 0 ? allowed.includes : allowed.excludes).push_back("line " + std::to_string(i * 3));
  }
  Machine machine;
  Host host = machine.host();
  std::clock_t least = 0;
  for (int i = 0; i < 3; ++i) {
    machine.temp.write("home/ann/thing", lines);
    const std::clock_t start = std::clock();
    REQUIRE(make(*line_provider(), change, host));
    const std::clock_t work = std::clock() - start;
    least = i == 0 ? work : std::min(least, work);
  }
  return least;
}

}  // namespace

TEST_CASE("many lines take linear time") {
  const std::clock_t few = work_for(2'500), many = work_for(40'000);  // 16 times as many
  CAPTURE(few, many);
  CHECK(many < 64 * few);  // 256, were each line compared with each
}

TEST_CASE("a disk that fails leaves what was there") {
  Machine machine;
  machine.temp.write("home/ann/thing", "old");
  Host host = machine.host(1);
  CHECK(!make(*file_provider(),
              change_of(*file_provider(), key, {{"content", "new"}, {"mode", "0600"}}), host));
  CHECK(
      !make(*line_provider(), change_of(*line_provider(), key, {{"lines", List{{"new"}}}}), host));
  CHECK(!make(*file_provider(), change_of(*file_provider(), key, {{"exists", false}}), host));
  CHECK(!make(*directory_provider(),
              change_of(*directory_provider(), key + "s", {{"exists", true}}), host));
  CHECK(machine.temp.read("home/ann/thing") == "old");
  CHECK(machine.temp.count("home/ann") == 1);
}

TEST_CASE("what may not be read is unknown") {
  Machine machine;
  const Path file = machine.temp.write("home/ann/thing", "secret");
  ::chmod(file.text.c_str(), 0);
  ::chmod(machine.temp.path().text.c_str(), 0755);
  CHECK(as_ordinary_user([&] {
          const Host host = machine.host();
          const bool content = look(*file_provider(), host, key, "content").value.is_unknown();
          const bool lines = look(*line_provider(), host, key, "lines").value.is_unknown();
          const bool mode = look(*file_provider(), host, key, "mode").value == Value("0000");
          return content && lines && mode ? 0 : 1;
        }) == 0);
}

TEST_CASE("owners are names; another one takes root") {
  Machine machine;
  machine.is.user_name = "ann";
  machine.is.user.uid = 501;
  machine.temp.write("etc/passwd", "root:x:0:0::/:/bin/sh\nbuild:x:70:70::/:/bin/sh\nbroken\n");
  machine.temp.write("home/ann/thing", "x");
  const auto provider = file_provider();
  Host host = machine.host();
  const auto prepared = provider->prepare(change_of(*provider, key, {{"owner", "build"}}), host);
  REQUIRE(prepared);
  CHECK(prepared->demands.needs_root);
  CHECK(why(provider->prepare(change_of(*provider, key, {{"owner", "70"}}), host)) ==
        "user 70 is called `build` here");
  CHECK(why(provider->prepare(change_of(*provider, key, {{"owner", "bob"}}), host)) ==
        "this machine has no user `bob`");
  if (::getuid() != 0) return;
  check_laws(*provider, machine, {{"owner", "build"}});
  check_laws(*provider, machine, {{"owner", "4711"}});
  check_laws(*provider, machine, {{"owner", "ann"}});
}

TEST_CASE("modes are four octal digits") {
  const auto provider = file_provider();
  for (const auto& attribute : provider->schema().attributes) {
    if (attribute.name != "mode") continue;
    CHECK(attribute.validate(Value("0644")));
    CHECK(attribute.validate(Value("4755")));
    for (const char* bad : {"644", "", "0888", "00644", "rw-r"})
      CHECK(!attribute.validate(Value(bad)));
  }
}
