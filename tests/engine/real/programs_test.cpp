#include "engine/real/programs.h"

#include <signal.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "engine/real/descriptor.h"
#include "tests/catch.h"
#include "tests/temp_folder.h"
#include "tests/wait_for.h"

using namespace gopol::engine;
using namespace std::chrono_literals;
using gopol::tests::TempFolder;

namespace {

Command shell(const std::string& script) { return Command{{"/bin/sh", "-c", script}, {}, {}}; }

std::string message_of(const Result<Output>& result) {
  return result ? "" : result.error().front().message.text();
}

std::size_t open_descriptors() {
  const std::filesystem::directory_iterator entries("/proc/self/fd");
  return static_cast<std::size_t>(std::distance(begin(entries), end(entries)));
}

/// Ended; perhaps a zombie until init takes it.
bool is_gone(pid_t process) {
  if (::kill(process, 0) != 0) return true;
  std::ifstream stat("/proc/" + std::to_string(process) + "/stat");
  std::string number, name, state;
  return !(stat >> number >> name >> state) || state == "Z";
}

}  // namespace

TEST_CASE("a program gets its input and gives both streams and its status") {
  const auto programs = real_programs();
  Command command = shell("cat; echo oops >&2; exit 3");
  command.input = std::string(300'000, 'x');
  const auto output = programs->query(command);
  REQUIRE(output);
  CHECK(output->status == 3);
  CHECK(output->out == command.input);
  CHECK(output->err == "oops\n");
}

TEST_CASE("a program sees a small environment, its additions and the folder /") {
  ::setenv("GOPOL_LEAK", "1", 1);
  Command command = shell("echo \"$PATH|$LANG|$GOPOL_LEAK|$MORE\"; pwd");
  command.environment = {{"MORE", "yes"}, {"LANG", "D"}};
  CHECK(real_programs()->query(command)->out == "/usr/bin:/bin:/usr/sbin:/sbin|D||yes\n/\n");
}

TEST_CASE("a program that cannot be started is said, one that dies tells its signal") {
  const auto programs = real_programs();
  CHECK(message_of(programs->query({{"/none/such"}, {}, {}})) ==
        "cannot start `/none/such`: no such file or directory");
  CHECK(message_of(programs->query({{"sh"}, {}, {}})) ==
        "cannot start `sh`: no such file or directory");
  CHECK(!programs->query({}));
  CHECK(programs->query(shell("kill -9 $$"))->status == 128 + 9);
}

TEST_CASE("a program that does not read its input does not end us") {
  Command command = shell("exec 0<&-; echo done");
  command.input = std::string(1'000'000, 'x');
  CHECK(real_programs()->query(command)->out == "done\n");
  CHECK(real_programs()->query(shell("trap '' TERM; :"))->status == 0);
}

TEST_CASE("a program past its deadline is stopped with its children, polite or not") {
  const TempFolder temp;
  const std::string numbers = (temp / "numbers").text;
  for (const std::string manners : {"", "trap '' TERM; "}) {
    CAPTURE(manners);
    Command command =
        shell(manners + "sleep 600 & echo $$ $! >" + numbers + "; sleep 600; sleep 600");
    command.deadline = 1500ms;
    const auto begun = std::chrono::steady_clock::now();
    CHECK(message_of(real_programs()->query(command)) == "`sh` did not end within 1.5 s");
    CHECK(std::chrono::steady_clock::now() - begun < 300s);  // nobody waited for a `sleep`
    pid_t program = 0, child = 0;
    REQUIRE(std::ifstream(numbers) >> program >> child);
    CHECK(gopol::tests::wait_for([&] { return is_gone(program) && is_gone(child); }));
  }
}

TEST_CASE("a program that floods is stopped") {
  Command command{
      {"/bin/sh", "-c", "while :; do echo yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy; done"}, {}, {}};
  command.most_output = 10'000;
  CHECK(message_of(real_programs()->query(command)) == "`sh` wrote more than 10000 bytes");
  command.argv[2] = "while :; do echo errrrrrrrrrrrrrrrrrr >&2; done";
  CHECK(message_of(real_programs()->query(command)) == "`sh` wrote more than 10000 bytes");
}

TEST_CASE("a child left behind with the pipe does not hold us, nor live on") {
  Command command = shell("sleep 600 & echo $!");
  command.deadline = 400s;
  const auto begun = std::chrono::steady_clock::now();
  const auto output = real_programs()->query(command);
  REQUIRE(output);
  CHECK(std::chrono::steady_clock::now() - begun < 300s);  // neither for the child nor the deadline
  const pid_t child = std::stoi(output->out);
  CHECK(gopol::tests::wait_for([&] { return is_gone(child); }));
}

#if defined(__linux__)
TEST_CASE(
    "what left its group and session ends with the program, and what was here before does not") {
  const TempFolder temp;
  const std::string number = (temp / "number").text;
  const auto stray = [&] {  // started twice removed from us, by whoever is gone
    pid_t out = 0;
    std::ifstream(number) >> out;
    return out;
  };
  const std::string leaves = "setsid sh -c 'echo $$ >" + number + "; exec sleep 600' & ";
  const std::string until_there = "while [ ! -s " + number + " ]; do sleep 0.01; done; ";
  for (const bool in_time : {true, false}) {
    CAPTURE(in_time);
    std::filesystem::remove(number);
    Command command = shell("(" + leaves + ") >/dev/null 2>&1; " + until_there +
                            (in_time ? "" : "setsid sleep 600; sleep 600"));
    command.deadline = in_time ? 400s : 1500ms;
    CHECK(static_cast<bool>(real_programs()->query(command)) == in_time);
    REQUIRE(stray() > 0);
    CHECK(is_gone(stray()));
  }
  std::filesystem::remove(number);
  const Command command = shell("(" + leaves + ") >/dev/null 2>&1; " + until_there);
  CHECK(real_programs()->run(command));  // a service that a change started
  const pid_t service = stray();
  CHECK(real_programs()->query(shell(":")));
  CHECK_FALSE(is_gone(service));
  ::kill(service, SIGKILL);
}
#endif

TEST_CASE("lines come as they are written and are not kept; the last may lack its end") {
  std::vector<std::string> lines;
  Command command = shell("echo one; echo; printf three");
  command.context = &lines;
  command.on_line = [](void* context, std::string_view line) {
    static_cast<std::vector<std::string>*>(context)->emplace_back(line);
  };
  const auto output = real_programs()->query(command);
  REQUIRE(output);
  CHECK(lines == std::vector<std::string>{"one", "", "three"});
  CHECK(output->out.empty());
}

TEST_CASE("no descriptor leaks into a program or stays with us") {
  const Descriptor ours = open_file("/dev/null", 0);
  const std::size_t before = open_descriptors();
  const auto programs = real_programs();
  const auto output = programs->query(shell("ls /proc/self/fd | wc -l"));
  CHECK(std::stoi(output->out) <= 4);  // three streams and the folder that ls reads
  for (int i = 0; i < 20; ++i) CHECK(programs->query(shell(":")));
  CHECK(!programs->query({{"/none"}, {}, {}}));
  CHECK(open_descriptors() == before);
}

TEST_CASE("a recorded machine starts its tools and has no others") {
  const TempFolder temp;
  temp.write_program("tools/brew", "#!/bin/sh\necho \"$GOPOL_ROOT $HOME $1\"\n");
  const auto programs = recorded_programs(temp / "tools", temp / "root", {{"HOME", "/Users/ann"}});
  CHECK(programs->run({{"/opt/homebrew/bin/brew", "list"}, {}, {}})->out ==
        (temp / "root").text + " /Users/ann list\n");
  CHECK(message_of(programs->run({{"/usr/bin/xcode-select"}, {}, {}})) ==
        "this recorded machine has no `xcode-select`");
}
