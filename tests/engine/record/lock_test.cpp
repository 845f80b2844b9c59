#include "engine/record/lock.h"

#include <filesystem>

#include "engine/real/real_disk.h"
#include "engine/real/write_file.h"
#include "engine/record/leftovers.h"
#include "engine/record/state_folder.h"
#include "engine/recorded/recorded_system.h"
#include "tests/catch.h"
#include "tests/faulty_disk.h"
#include "tests/temp_folder.h"

using namespace gopol::engine;
using gopol::tests::TempFolder;

namespace {

std::chrono::system_clock::time_point after(std::chrono::seconds age) {
  return std::chrono::system_clock::time_point(std::chrono::seconds(1'795'422'600) + age);
}

/// What a second run hears.
std::string refusal(const TempFolder& temp, std::chrono::seconds age) {
  const auto second = RunLock::take(temp.path(), "gopol apply", after(age));
  REQUIRE(!second);
  CHECK(second.error().front().code == "R4101");
  return second.error().front().message.text();
}

/// The intent of a killed run on one file.
JournalEntry begun_by(const std::string& run, const Path& file) {
  JournalEntry out;
  out.run = run;
  FileImage image;
  image.path = file;
  out.files.push_back(image);
  return out;
}

}  // namespace

TEST_CASE("a refused run hears for how long, in the unit that tells most") {
  const TempFolder temp;
  const auto lock = RunLock::take(temp.path(), "gopol apply", after({}));
  REQUIRE(lock);
  CHECK(refusal(temp, std::chrono::seconds(119)).ends_with("`gopol apply`, for 119 s"));
  CHECK(refusal(temp, std::chrono::minutes(119)).ends_with("`gopol apply`, for 119 min"));
  CHECK(refusal(temp, std::chrono::hours(5)).ends_with("`gopol apply`, for 5 h"));
  CHECK(refusal(temp, std::chrono::seconds(-60)).ends_with("`gopol apply`"));
}

TEST_CASE("a lock holds even if its file says nothing of its owner") {
  const TempFolder temp;
  const auto lock = RunLock::take(temp.path(), "gopol apply", after({}));
  REQUIRE(lock);
  for (const char* text : {"", "rubbish", "{\"command\":\"gopol\"}"}) {
    CAPTURE(text);
    temp.write("lock", text);
    CHECK(refusal(temp, std::chrono::seconds(1)) == "another gopol is running");
  }
}

TEST_CASE("a lock that is a link is not followed") {
  const TempFolder temp;
  temp.write("precious", "kept");
  std::filesystem::create_symlink((temp / "precious").text, (temp / "lock").text);
  CHECK(!RunLock::take(temp.path(), "gopol apply", after({})));
  CHECK(temp.read("precious") == "kept");
}

TEST_CASE("leftovers of a killed run are removed beside its files and beside what they lead to") {
  const TempFolder temp;
  const auto disk = real_disk();
  const std::string ours = temporary_names("4242") + "1", others = temporary_names("42420") + "1";
  temp.write("real/file", "x");
  std::filesystem::create_directories((temp / "links").text);
  std::filesystem::create_symlink((temp / "real/file").text, (temp / "links/file").text);
  for (const char* folder : {"real/", "links/", "elsewhere/"}) {
    temp.write(folder + ours, "half");
    temp.write(folder + others, "half");
  }
  SECTION("of that run") {
    remove_leftovers(begun_by("1795422600000-4242", temp / "links/file"), *disk);
    CHECK(!temp.has("links/" + ours));
    CHECK(!temp.has("real/" + ours));
  }
  SECTION("not of a run without a process") {
    for (const char* run : {"", "run-", "run-x", "1795422600000-42x"})
      remove_leftovers(begun_by(run, temp / "links/file"), *disk);
    CHECK(temp.has("links/" + ours));
    CHECK(temp.has("real/" + ours));
  }
  for (const char* folder : {"real/", "links/", "elsewhere/"}) CHECK(temp.has(folder + others));
  CHECK(temp.has("elsewhere/" + ours));
  CHECK(temp.read("real/file") == "x");
}

TEST_CASE("a leftover that cannot be removed stops nothing") {
  const TempFolder temp;
  const std::string one = temporary_names("4242") + "1", two = temporary_names("4242") + "2";
  temp.write(one, "half");
  temp.write(two, "half");
  gopol::tests::FaultyDisk disk(real_disk(), 1);
  remove_leftovers(begun_by("r-4242", temp / "file"), disk);
  CHECK(disk.calls() == 2);
  CHECK(temp.count() == 1);
  remove_leftovers(begun_by("r-4242", temp / "no/such/file"), disk);
  CHECK(temp.count() == 1);
}

TEST_CASE("a state folder that cannot be made is an error, and made the next time") {
  const TempFolder temp;
  const auto system = recorded_system({});
  gopol::tests::FaultyDisk disk(rooted_disk(temp.path()), 1);
  CHECK(!open_state(disk, *system, Path("/home/ann/state")));
  CHECK(!temp.has("home/ann/state"));
  CHECK(open_state(disk, *system, Path("/home/ann/state")));
  CHECK(ledger_file(Path("/s")).text == "/s/ledger.json");
  CHECK(journal_file(Path("/s")).text == "/s/journal.jsonl");
}
