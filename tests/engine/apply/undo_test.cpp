#include "engine/apply/undo.h"

#include "engine/record/state_folder.h"
#include "tests/catch.h"
#include "tests/engine/apply/life.h"

using namespace gopol::engine;
using gopol::tests::FaultyDisk;
using gopol::tests::Life;
namespace dsl = gopol::dsl;

namespace {

constexpr std::string_view team =
    "enforce keep { because \"r\" directory \"/home/ann/x/y\" { mode = \"0750\" } "
    "file \"/home/ann/a\" { content = \"new\" mode = \"0600\" } "
    "file \"/home/ann/deep/er/b\" { content = \"b\" } "
    "symlink \"/home/ann/l\" { target = \"a\" } symlink \"/home/ann/l\" present "
    "line \"/home/ann/.profile\" { lines includes [\"umask 022\"] } "
    "file \"/home/ann/old\" absent } "
    "enforce second { because \"r\" line \"/home/ann/.bashrc\" { lines includes [\"ulimit -n 9\"] "
    "} }";

}  // namespace

TEST_CASE("undo leaves the files as they were, byte for byte") {
  Life life;
  const auto before = life.files();
  life.apply(team);
  REQUIRE(life.files() != before);
  const auto undone = life.undo();
  REQUIRE(undone);
  CHECK(undone->ending == Undone::Ending::made);
  CHECK(undone->left.empty());
  CHECK(undone->failed == 0);
  CHECK(undone->errors.empty());
  CHECK(life.files() == before);
  CHECK(life.ledger().slots().empty());
  CHECK(life.plan().empty());
}

TEST_CASE("what was taken back can be applied and taken back again") {
  Life life;
  const auto before = life.files();
  for (int i = 0; i < 3; ++i) {
    life.apply(team);
    REQUIRE(life.undo());
    CHECK(life.files() == before);
  }
}

TEST_CASE("one run after the other is taken back, the last first") {
  Life life;
  const auto before = life.files();
  life.apply("enforce a { because \"r\" file \"/home/ann/a\" { content = \"one\" } }");
  const auto between = life.files();
  life.apply("enforce a { because \"r\" file \"/home/ann/a\" { content = \"two\" } }");
  REQUIRE(life.undo());
  CHECK(life.files() == between);
  REQUIRE(life.undo());
  CHECK(life.files() == before);
  CHECK(life.undo()->ending == Undone::Ending::nothing);
}

TEST_CASE("an earlier run of the same slot waits for the later one") {
  Life life;
  life.apply("enforce a { because \"r\" file \"/home/ann/a\" { content = \"one\" } }");
  const std::string first = read_journal(journal_file(life.state()))->runs.front().run;
  life.apply("enforce a { because \"r\" file \"/home/ann/a\" { content = \"two\" } }");
  const auto undone = life.undo({.run = first, .rule = "", .slot = {}});
  REQUIRE(undone);
  REQUIRE(undone->left.size() == 1);
  CHECK(undone->left[0].why == "it was changed since, to … (3 bytes)");
  CHECK(life.temp().read("home/ann/a") == "two");
}

TEST_CASE("a slot is moved back alone, through all runs that moved it") {
  Life life;
  life.apply(
      "enforce a { because \"r\" file \"/home/ann/a\" { content = \"one\" mode = \"0600\" } }");
  life.apply(
      "enforce a { because \"r\" file \"/home/ann/a\" { content = \"two\" mode = \"0600\" } }");
  const auto undone =
      life.undo({.run = "", .rule = "", .slot = life.slot("file", "/home/ann/a", "content")});
  REQUIRE(undone);
  CHECK(undone->left.empty());
  CHECK(life.temp().read("home/ann/a") == "old");
  CHECK(life.ledger().find(life.slot("file", "/home/ann/a", "content")) == nullptr);
  CHECK(life.ledger().find(life.slot("file", "/home/ann/a", "mode")) != nullptr);
}

TEST_CASE("what a person added to a file since stays") {
  Life life;
  life.apply(team);
  const std::string profile = life.temp().read("home/ann/.profile");
  life.temp().write("home/ann/.profile", profile + "alias ll=ls\n");
  const auto undone = life.undo();
  REQUIRE(undone);
  CHECK(undone->left.empty());
  CHECK(life.temp().read("home/ann/.profile") == "# mine\nalias ll=ls\n");
  CHECK(life.temp().read("home/ann/a") == "old");
}

TEST_CASE("what a person changed since is theirs") {
  Life life;
  life.apply(team);
  life.temp().write("home/ann/a", "by hand");
  const auto undone = life.undo();
  REQUIRE(undone);
  REQUIRE(undone->left.size() >= 1);
  CHECK(life.temp().read("home/ann/a") == "by hand");
  CHECK(life.temp().has("home/ann/old"));
}

TEST_CASE("a folder that gopol made stays if somebody put something into it") {
  Life life;
  life.apply(team);
  life.temp().write("home/ann/deep/mine", "1");
  REQUIRE(life.undo());
  CHECK(life.temp().has("home/ann/deep/mine"));
  CHECK(!life.temp().has("home/ann/deep/er"));
}

TEST_CASE("a rule is taken back alone") {
  Life life;
  life.apply(team);
  const auto undone = life.undo({.run = "", .rule = "second", .slot = {}});
  REQUIRE(undone);
  CHECK(undone->left.empty());
  CHECK(!life.temp().has("home/ann/.bashrc"));
  CHECK(life.temp().read("home/ann/.profile").find("umask 022") != std::string::npos);
  CHECK(life.temp().read("home/ann/a") == "new");
}

TEST_CASE("a disk that fails at any call of an undo loses nothing, and the next undo ends it") {
  for (int fail_at = 1; fail_at < 200; ++fail_at) {
    Life life;
    const auto before = life.files();
    life.apply(team);
    FaultyDisk& disk = life.use_disk(fail_at);
    static_cast<void>(life.undo());
    const bool over = disk.calls() < fail_at;
    life.use_disk(0);
    for (int again = 0; again < 3 && life.files() != before; ++again) REQUIRE(life.undo());
    CHECK(life.files() == before);
    CHECK(read_journal(journal_file(life.state())));
    if (over) return;
  }
  FAIL("the undo makes more calls than were tried");
}

TEST_CASE("without consent nothing is taken back") {
  Life life;
  life.apply(team);
  const auto applied = life.files();
  const std::string journal = life.temp().read("home/ann/state/journal.jsonl");
  CHECK(life.undo({}, false)->ending == Undone::Ending::declined);
  CHECK(life.files() == applied);
  CHECK(life.temp().read("home/ann/state/journal.jsonl") == journal);
}

TEST_CASE("a run, a rule that nobody knows is an error") {
  Life life;
  life.apply(team);
  const auto code = [&](const UndoChoice& choice) {
    return life.undo(choice).error().front().code;
  };
  CHECK(code({.run = "17-4", .rule = "", .slot = {}}) == "P0001");
  CHECK(code({.run = "", .rule = "nobody", .slot = {}}) == "P0001");
}

TEST_CASE("gopol leaves nothing behind") {
  Life life;
  const auto before = life.files();
  life.apply(team);
  life.apply("enforce a { because \"r\" file \"/home/ann/a\" { content = \"two\" } }");
  const auto left = life.leave();
  REQUIRE(left);
  CHECK(left->has_left);
  CHECK(life.files() == before);
  CHECK(!life.temp().has("home/ann/state"));
  CHECK(life.leave()->has_left);
  CHECK(!life.temp().has("home/ann/state"));
}

TEST_CASE("gopol's records stay while something can still be taken back") {
  Life life;
  life.apply(team);
  life.use_disk(1, true);
  const auto left = life.leave();
  CHECK((!left || !left->has_left));
  CHECK(life.temp().has("home/ann/state/journal.jsonl"));
}
