#include "engine/record/state_folder.h"

#include <sys/stat.h>
#include <unistd.h>

#include "engine/plan/ledger.h"
#include "engine/real/confine.h"
#include "engine/real/real_disk.h"
#include "engine/record/lock.h"
#include "engine/recorded/recorded_system.h"
#include "tests/catch.h"
#include "tests/faulty_disk.h"
#include "tests/other_process.h"
#include "tests/temp_folder.h"

using namespace gopol::engine;
using gopol::dsl::Absent;
using gopol::dsl::Unknown;
using gopol::dsl::Version;
using gopol::tests::TempFolder;

namespace {

std::chrono::system_clock::time_point moment(int seconds) {
  return std::chrono::system_clock::time_point(std::chrono::seconds(1'795'422'600 + seconds));
}

template <class T>
std::string refusal_of(const Result<T>& result) {
  return result ? "" : result.error().front().message.text();
}

gopol::dsl::Allowed only(Value value) {
  gopol::dsl::Allowed out;
  out.one_of = gopol::dsl::SharedList<Value>{std::move(value)};
  return out;
}

const Slot proxy{"go.env", "", "GOPROXY", ""};
const Slot go{"go.toolchain", "default", "version", ""};

}  // namespace

TEST_CASE("the state folder is its owner's alone") {
  const TempFolder temp;
  const auto disk = rooted_disk(temp.path());
  const auto system = recorded_system({});
  const auto state = open_state(*disk, *system, Path("/home/ann/state"));
  REQUIRE(state);
  CHECK(state->text == (temp / "home/ann/state").text);
  CHECK(disk->stat(Path("/home/ann/state"))->mode == 0700);
  ::chmod(state->text.c_str(), 0755);
  REQUIRE(open_state(*disk, *system, Path("/home/ann/state")));
  CHECK(disk->stat(Path("/home/ann/state"))->mode == 0700);
}

TEST_CASE("another user's state folder is refused") {
  const TempFolder temp;
  if (::getuid() != 0) return;
  ::chmod(temp.path().text.c_str(), 0755);
  const int answer = gopol::tests::as_ordinary_user([&] {
    const auto disk = real_disk();
    const auto state = open_state(*disk, *recorded_system({}), temp.path());
    return refusal_of(state) == "the state folder `" + temp.path().text + "` belongs to user 0" ? 0
                                                                                                : 1;
  });
  CHECK(answer == 0);
}

TEST_CASE("one run at a time; a second hears who, what and how long") {
  const TempFolder temp;
  {
    const auto lock = RunLock::take(temp.path(), "gopol apply", moment(0));
    REQUIRE(lock);
    const std::string expected = "another gopol is running: process " + std::to_string(::getpid()) +
                                 ", `gopol apply`, for 5 min";
    const int answer = gopol::tests::in_other_process([&] {
      const auto second = RunLock::take(temp.path(), "gopol apply", moment(300));
      return refusal_of(second) == expected ? 0 : 1;
    });
    CHECK(answer == 0);
  }
  CHECK(RunLock::take(temp.path(), "gopol undo", moment(400)));
}

TEST_CASE("the lock of a dead process is free") {
  const TempFolder temp;
  const int answer = gopol::tests::in_other_process([&] {
    const auto lock = RunLock::take(temp.path(), "gopol apply", moment(0));
    ::_exit(lock ? 7 : 1);  // without giving it back
    return 0;
  });
  CHECK(answer == 7);
  CHECK(RunLock::take(temp.path(), "gopol apply", moment(1)));
}

TEST_CASE("a ledger remembers what was there first and writes only what is new") {
  const TempFolder temp;
  gopol::tests::FaultyDisk disk(real_disk());
  const Path file = temp / "ledger";
  auto ledger = Ledger::load(disk, file);
  REQUIRE(ledger);
  REQUIRE(ledger->save(disk, file));
  CHECK(!temp.has("ledger"));
  ledger->put(proxy, {only("direct"), "direct", moment(0), "r.a", Absent{}, {}});
  ledger->put(
      go, {only(Version{"1.22.2"}), Version{"1.22.2"}, moment(0), "r.b", Version{"1.21.9"}, {"x"}});
  REQUIRE(ledger->save(disk, file));
  ledger->put(proxy, {only("off"), "off", moment(60), "r.a", Value("direct"), {}});
  REQUIRE(ledger->save(disk, file));
  auto again = Ledger::load(disk, file);
  REQUIRE(again);
  REQUIRE(again->find(proxy));
  CHECK(again->find(proxy)->held("off"));
  CHECK(again->find(proxy)->asserted(only("off")));
  CHECK(again->find(go)->asserted(only(Version{"1.22.2"})));
  CHECK(!again->find(go)->asserted(only("1.22.2")));
  CHECK(again->find(proxy)->before.is_absent());
  CHECK(again->find(proxy)->when == moment(60));
  CHECK(again->find(go)->before == Value(Version{"1.21.9"}));
  CHECK(again->find(go)->added == std::vector<std::string>{"x"});
  CHECK(again->text() == ledger->text());
  const int calls = disk.calls();
  again->put(proxy, {only("off"), "off", moment(60), "r.a", Unknown{"", ""}, {}});
  CHECK(!again->changed());
  REQUIRE(again->save(disk, file));
  CHECK(disk.calls() == calls);
  again->remove(go);
  CHECK(again->changed());
  CHECK(again->find(go) == nullptr);
}

TEST_CASE("a ledger of version 1 is read, and written with its texts until values come") {
  const TempFolder temp;
  const auto disk = real_disk();
  const Path file =
      temp.write("ledger", R"({"gopol":"ledger","version":1,"slots":[
{"family":"go.env","attribute":"GOPROXY","allowed":"direct","value":"direct",)"
                           R"("when":"2026-11-23T14:03:00Z","rule":"r.a","before":{"absent":true}},
{"family":"os","attribute":"x","allowed":"","value":"",)"
                           R"("when":"2026-11-23T14:03:00Z","rule":"r.b","before":1}
]})");
  auto ledger = Ledger::load(*disk, file);
  REQUIRE(ledger);
  const Slot begun{"os", "", "x", ""};
  for (int round = 0; round < 2; ++round) {
    REQUIRE(ledger->find(proxy) != nullptr);
    CHECK(ledger->find(proxy)->has_held());
    CHECK(ledger->find(proxy)->asserted(only("direct")));
    CHECK(!ledger->find(proxy)->asserted(only("off")));
    CHECK(ledger->find(proxy)->held("direct"));
    CHECK(!ledger->find(begun)->has_held());
    ledger->put({"os", "", "y", ""}, {{}, {}, moment(round), "r", Absent{}, {}});
    REQUIRE(ledger->save(*disk, file));
    ledger = Ledger::load(*disk, file);
    REQUIRE(ledger);
  }
  ledger->put(proxy, {only("direct"), "direct", moment(0), "r.a", Absent{}, {}});
  CHECK(ledger->changed());
  CHECK(!ledger->find(proxy)->as_text);
}

TEST_CASE("a ledger that could not be written is still to be written") {
  const TempFolder temp;
  gopol::tests::FaultyDisk disk(real_disk(), 1);
  Ledger ledger;
  ledger.put(proxy, {only("direct"), "direct", moment(0), "r.a", Absent{}, {}});
  CHECK(!ledger.save(disk, temp / "ledger"));
  CHECK(ledger.changed());
  CHECK(ledger.save(disk, temp / "ledger"));
}

TEST_CASE("a broken ledger is never taken for an empty one") {
  const TempFolder temp;
  const auto disk = real_disk();
  const std::string head = R"({"gopol":"ledger","version":)";
  for (
      const std::string& text :
      {std::string(), std::string("{"), std::string("{}"), head + "1}", head + R"(5,"slots":[]})",
       head + R"(1,"slots":[{}]})", head + R"(1,"slots":[{"family":"os","when":"x","before":1}]})",
       head +
           R"(2,"slots":[{"family":"os","allowed":"1","value":"1","when":"2026-11-23T14:03:00Z",)" +
           R"("before":1}]})"}) {
    CAPTURE(text);
    const auto ledger = Ledger::load(*disk, temp.write("ledger", text));
    REQUIRE(!ledger);
    CHECK(ledger.error().front().code == "R4102");
    CHECK(ledger.error().front().help.text().find("move it away") != std::string::npos);
  }
  CHECK(Ledger::load(*disk, temp.write("ledger", head + R"(1,"slots":[]})")));
}

TEST_CASE("a confined process reads and cannot write") {
  const TempFolder temp;
  const Path file = temp.write("env", "old");
  const int answer = gopol::tests::in_other_process([&] {
    const Confinement held = confine_to_reading();
    if (!held.enforced) return held.reason.empty() ? 1 : 100;
    const auto disk = real_disk();
    if (held.name.empty() || !disk->read(file)) return 2;
    if (disk->replace(file, "new") || disk->remove(file) || disk->link(temp / "l", "x")) return 3;
    if (disk->make_folder(temp / "folder") || disk->rename(file, temp / "moved")) return 4;
    if (disk->set_attributes(file, {.mode = 0777})) return 6;
    return std::ofstream("/dev/null") << "x" << std::flush ? 0 : 5;
  });
  if (answer == 100) {
    std::printf("skipped: a confined process reads and cannot write (no confinement here)\n");
  } else {
    CHECK(answer == 0);
  }
  CHECK(temp.read("env") == "old");
  CHECK(temp.count() == 1);
}

TEST_CASE("confined work cannot write; the process still can") {
  const TempFolder temp;
  const Path file = temp.write("env", "old");
  const auto disk = real_disk();
  bool read = false, wrote = false;
  const Confinement held = run_confined([&] {
    read = static_cast<bool>(disk->read(file));
    wrote = static_cast<bool>(disk->replace(file, "new"));
  });
  CHECK(read);
  CHECK(wrote == !held.enforced);
  CHECK(held.enforced == held.reason.empty());
  CHECK(disk->replace(file, "newer"));
  CHECK(temp.read("env") == "newer");
}
