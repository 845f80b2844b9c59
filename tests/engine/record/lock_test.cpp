#include "engine/record/lock.h"

#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "engine/real/programs.h"
#include "engine/real/real_disk.h"
#include "engine/real/write_file.h"
#include "engine/record/leftovers.h"
#include "engine/record/state_folder.h"
#include "engine/recorded/recorded_system.h"
#include "tests/catch.h"
#include "tests/faulty_disk.h"
#include "tests/other_process.h"
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

TEST_CASE("a lock file that is removed lets no second run in") {
  const TempFolder temp;
  const auto lock = RunLock::take(temp.path(), "gopol apply", after({}));
  REQUIRE(lock);
  std::filesystem::remove((temp / "lock").text);
  CHECK(refusal(temp, std::chrono::seconds(1)) == "another gopol is running");
  temp.write("lock", "another file");
  CHECK(refusal(temp, std::chrono::seconds(1)) == "another gopol is running");
}

TEST_CASE("a lock is free again when its run is over") {
  const TempFolder temp;
  CHECK(RunLock::take(temp.path(), "gopol apply", after({})));
  CHECK(RunLock::take(temp.path(), "gopol apply", after({})));
}

TEST_CASE("the lock of a killed run is held until what it started to act is gone") {
  const TempFolder temp;
  const std::string fifo = (temp / "go-on").text;
  REQUIRE(::mkfifo(fifo.c_str(), 0600) == 0);
  const auto run = [&] {
    return gopol::tests::in_other_process([&] {
      const auto lock = RunLock::take(temp.path(), "apply", after({}));
      if (!lock) return 1;
      // The program says that it is there, and reads a line that comes later.
      const std::string script = "echo x > " + (temp / "there").text + ".new && mv " +
                                 (temp / "there").text + ".new " + (temp / "there").text +
                                 "; read line < " + fifo;
      const Command command{.argv = {"/bin/sh", "-c", script}, .input = "", .environment = {}};
      const pid_t killer = ::fork();
      if (killer == 0) {
        while (!temp.has("there")) ::usleep(2000);
        ::kill(::getppid(), SIGKILL);
        ::_exit(0);
      }
      auto programs = real_programs();
      static_cast<void>(programs->run(command));
      return 2;
    });
  };
  CHECK(run() == 255);  // killed
  CHECK(refusal(temp, std::chrono::seconds(1)).find("is still at work") != std::string::npos);
  { std::ofstream(fifo) << "go on\n"; }
  const auto free_again = [&] { return bool(RunLock::take(temp.path(), "apply", after({}))); };
  bool taken = false;
  for (int i = 0; i < 5000 && !taken; ++i, ::usleep(2000)) taken = free_again();
  CHECK(taken);
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
