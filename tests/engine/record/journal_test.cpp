#include "engine/record/journal.h"

#include <signal.h>
#include <sys/resource.h>
#ifdef __linux__
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#endif

#include <cerrno>
#include <cstddef>

#include "engine/record/journal_line.h"
#include "tests/catch.h"
#include "tests/other_process.h"
#include "tests/temp_folder.h"

using namespace gopol::engine;
using gopol::tests::TempFolder;

namespace {

std::chrono::system_clock::time_point at(int seconds) {
  return std::chrono::system_clock::time_point(std::chrono::seconds(1'795'422'600 + seconds));
}

JournalEntry intent(const std::string& run, std::uint64_t change) {
  JournalEntry entry;
  entry.at = at(1);
  entry.run = run;
  entry.change = change;
  entry.family = "go.env";
  entry.moves = {{{"go.env", "", "GOPROXY", ""}, "direct", "https://corp|direct"}};
  entry.rule = "mac_go.go_proxy";
  entry.place = "mac-go.policy:46";
  entry.commit = "4f2c91a";
  entry.because = "module paths stay inside";
  entry.written = BlameCommit{"3f1c2aa", "Ann \xff <ann@corp.example>", at(-9), "why\n"};
  entry.files = {{Path("/home/ann/env"),
                  {FileStatus::Type::regular, 0640, 501, 20, 3},
                  std::string("a\xff\0", 3)},
                 {Path("/home/ann/new"), {}, ""}};
  return entry;
}

JournalEntry outcome(const std::string& run, std::uint64_t change, Step step) {
  JournalEntry entry;
  entry.at = at(2);
  entry.run = run;
  entry.change = change;
  entry.step = step;
  entry.family = "go.env";
  entry.after = {{Path("/home/ann/env"), "ab"}, {Path("/home/ann/gone"), ""}};
  entry.detail = "as asked";
  return entry;
}

#ifdef __linux__
/// From here on the disk of this process is broken: nothing gets past its cache.
bool refuse_flushes() {
  sock_filter steps[] = {BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
                         BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_fsync, 0, 1),
                         BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EIO),
                         BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)};
  const sock_fprog filter{4, steps};
  return ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
         ::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) == 0;
}
#endif

void write_two_runs(const Path& file) {
  auto journal = Journal::open(file);
  REQUIRE(journal);
  REQUIRE(journal->begin_run({"r1", "apply", "mac-go.policy @ 4f2c91a", at(0), {}, {}}));
  REQUIRE(journal->append(intent("r1", 0)));
  REQUIRE(journal->append(outcome("r1", 0, Step::done)));
  REQUIRE(journal->end_run("r1", at(3), "converged"));
  REQUIRE(journal->begin_run({"r2", "apply", "", at(9), {}, {}}));
  REQUIRE(journal->append(intent("r2", 0)));
  REQUIRE(journal->append(outcome("r2", 0, Step::failed)));
  REQUIRE(journal->append(intent("r2", 1)));
}

template <class T>
std::string message_of(const Result<T>& result) {
  return result ? "" : result.error().front().message.text();
}

}  // namespace

TEST_CASE("a journal gives back what was written, files to the byte") {
  const TempFolder temp;
  write_two_runs(temp / "journal");
  const auto journal = Journal::open(temp / "journal");
  REQUIRE(journal);
  const JournalContent& content = journal->content();
  REQUIRE(content.runs.size() == 2);
  CHECK(content.runs[0].outcome == "converged");
  CHECK(content.runs[0].ended == at(3));
  CHECK(content.runs[0].policy == "mac-go.policy @ 4f2c91a");
  CHECK(!content.runs[1].ended);
  REQUIRE(content.entries.size() == 5);
  const JournalEntry& first = content.entries[0];
  const JournalEntry wrote = intent("r1", 0);
  CHECK(first.at == wrote.at);
  CHECK(first.moves == wrote.moves);
  CHECK(first.place == wrote.place);
  CHECK(first.commit == wrote.commit);
  CHECK(first.because == wrote.because);
  CHECK(first.written == wrote.written);
  CHECK(first.files == wrote.files);
  CHECK(content.entries[1].after == outcome("r1", 0, Step::done).after);
  CHECK(content.entries[1].detail == "as asked");
  const auto unfinished = content.unfinished();
  REQUIRE(unfinished.size() == 1);
  CHECK((unfinished[0].run == "r2" && unfinished[0].change == 1));
}

TEST_CASE("a journal cut at any byte still opens, and goes on") {
  const TempFolder temp;
  write_two_runs(temp / "whole");
  const std::string whole = temp.read("whole");
  std::size_t lines = 0;
  for (std::size_t cut = 0; cut <= whole.size(); ++cut) {
    CAPTURE(cut);
    if (cut > 0 && whole[cut - 1] == '\n') ++lines;
    // Every byte is read; writing on, which waits for the disk, is tried where only a line end is
    // missing.
    const bool near_end = cut < 2 || cut == whole.size() || whole[cut] == '\n';
    // A new file each time: file systems flush one that is truncated and written again.
    const std::string name = "cut" + std::to_string(cut);
    const Path file = temp.write(name, std::string_view(whole).substr(0, cut));
    const auto content = read_journal(file);
    REQUIRE(content);
    const std::size_t ends = content->runs.empty() || !content->runs[0].ended ? 0 : 1;
    CHECK(content->runs.size() + content->entries.size() + ends + 1 ==
          std::max<std::size_t>(lines, 1));
    if (!near_end) {
      std::filesystem::remove(file.text);
      continue;
    }
    auto journal = Journal::open(file);
    REQUIRE(journal);
    REQUIRE(journal->append(outcome("r9", 7, Step::done)));
    const auto again = read_journal(file);
    REQUIRE(again);
    CHECK(again->entries.size() == content->entries.size() + 1);
    CHECK(again->entries.back().change == 7);
  }
}

TEST_CASE("a journal that is none, newer or damaged inside is refused and left alone") {
  const TempFolder temp;
  const auto refused = [&](std::string_view text) {
    const Path file = temp.write("journal", text);
    const std::string message = message_of(Journal::open(file));
    CHECK(temp.read("journal") == text);
    CHECK(message_of(read_journal(file)) == message);
    return message;
  };
  const std::string name = "`" + (temp / "journal").text + "`";
  CHECK(refused("hello") == "line 1 of the journal " + name + " is no journal line");
  CHECK(refused("{}\n") == "line 1 of the journal " + name + " is no journal line");
  CHECK(refused("{\"gopol\":\"journal\",\"version\":2}\n") ==
        "the journal " + name + " was written by a newer gopol");
  CHECK(refused(head_line() + "\nrubbish\n" + entry_line(intent("r", 1)) + "\n") ==
        "line 2 of the journal " + name + " is no journal line");
  CHECK(read_journal(temp / "none")->entries.empty());
}

#ifdef __linux__
TEST_CASE("a line that does not reach the medium is taken back") {
  const TempFolder temp;
  const Path file = temp / "journal";
  const int answer = gopol::tests::in_other_process([&] {
    auto journal = Journal::open(file);
    if (!journal || !journal->append(outcome("r", 1, Step::done))) return 1;
    if (!refuse_flushes()) return 2;
    return journal->append(outcome("r", 2, Step::done)) ? 3 : 0;
  });
  CHECK(answer == 0);
  const auto content = read_journal(file);
  REQUIRE(content);
  CHECK(content->entries.size() == 1);
}
#endif

TEST_CASE("a line that does not fit is taken back") {
  const TempFolder temp;
  const Path file = temp / "journal";
  const int answer = gopol::tests::in_other_process([&] {
    ::signal(SIGXFSZ, SIG_IGN);
    auto journal = Journal::open(file);
    const rlimit most{2000, 2000};
    if (!journal || ::setrlimit(RLIMIT_FSIZE, &most) != 0) return 1;
    if (!journal->append(outcome("r", 1, Step::done))) return 2;
    JournalEntry large = outcome("r", 2, Step::done);
    large.detail = std::string(5000, 'x');
    if (journal->append(large)) return 3;
    return journal->append(outcome("r", 3, Step::done)) ? 0 : 4;
  });
  CHECK(answer == 0);
  const auto content = read_journal(file);
  REQUIRE(content);
  CHECK(content->entries.size() == 2);
}
