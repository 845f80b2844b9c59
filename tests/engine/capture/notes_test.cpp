#include "engine/capture/notes.h"

#include <string>
#include <utility>

#include "engine/capture/captured_host.h"
#include "engine/capture/noting_host.h"
#include "tests/catch.h"
#include "tests/made_up_host.h"
#include "tests/temp_folder.h"

namespace gopol::engine {
namespace {

TEST_CASE("secrets do not leave a machine in a capture") {
  CHECK(fit_to_hand_on("GOPROXY=https://ann:hunter2@corp.example/go\n") ==
        "GOPROXY=https://aaa:aaaaaa0@corp.example/go\n");
  CHECK(fit_to_hand_on("export GITHUB_TOKEN=ghp_0123456789abcdef\n").find("0123456789") ==
        std::string::npos);
}

TEST_CASE("of a file that only a policy names, only its lines leave") {
  Notes notes;
  notes.add(R"(["read","/home/ann/rc"])", R"("one\nmine\n\ntwo\n")");
  notes.add(R"(["read","/home/ann/rc","0","3"])", R"("one")");
  notes.add(R"(["read","/home/ann/rc2"])", R"("mine")");
  notes.hide_lines("/home/ann/rc", {"one", "two"});
  CHECK(*notes.answer_to(R"(["read","/home/ann/rc"])") == R"("one\naaaa\n\ntwo\n")");
  CHECK(*notes.answer_to(R"(["read","/home/ann/rc","0","3"])") == R"("one")");
  CHECK(*notes.answer_to(R"(["read","/home/ann/rc2"])") == R"("mine")");
}

TEST_CASE("a capture is fit once and for all") {
  for (const char* text :
       {"https://ann:p%40ss@h/x?token=a1", "Authorization: Bearer abc", "ghp_0123456789abcdef",
        "machine h login ann password s3cret", "-ldflags=-X=main.key=S4"}) {
    CAPTURE(text);
    const std::string fit = fit_to_hand_on(text);
    CHECK(fit != text);
    CHECK(fit_to_hand_on(fit) == fit);
  }
}

TEST_CASE("what is no text keeps its size without secrets") {
  const std::string bytes = std::string("bplist00\0", 9) + "https://ann:hunter2@corp.example/go";
  const std::string fit = fit_to_hand_on(bytes);
  CHECK(fit.size() == bytes.size());
  CHECK(fit.find("hunter2") == std::string::npos);
  CHECK(fit.find("corp.example") != std::string::npos);
}

TEST_CASE("a capture that is no capture says so") {
  for (const char* text :
       {"", "{", "[]", "{}", R"({"gopol_capture": 1})", R"({"gopol_capture": 2, "answers": {}})",
        R"({"gopol_capture": 1, "answers": {}})", R"({"gopol_capture": 1, "answers": []})"}) {
    CAPTURE(text);
    const auto notes = Notes::parse(text, "a.capture");
    REQUIRE_FALSE(notes);
    CHECK(notes.error().front().code == "R4002");
  }
}

Command nowhere() {
  Command out;
  out.argv = {"/no/such/program"};
  return out;
}

TEST_CASE("a capture answers what was asked and nothing else") {
  const tests::TempFolder root;
  tests::MadeUpSystem system;
  system.variables = {{"GOFLAGS", "-mod=mod"}, {"API_TOKEN", "0123456789"}};
  system.sysctls = {{"hw.model", "Mac16,1"}};
  Host machine = tests::made_up_host(root.path(), system);
  REQUIRE(machine.disk().replace(Path("/etc/a"), "one\ntwo \xff\n"));
  Notes notes;
  {
    const Host noting = noting_host(machine, notes);
    CHECK(noting.disk().read(Path("/etc/a")));
    CHECK(noting.disk().read(Path("/etc/none")));
    CHECK(noting.disk().list(Path("/etc")));
    CHECK(noting.disk().stat(Path("/etc/a")));
    CHECK(noting.system().environment("GOFLAGS"));
    CHECK(noting.system().environment("API_TOKEN"));
    CHECK(noting.system().sysctl("hw.model"));
    CHECK_FALSE(noting.programs().query(nowhere()));
  }
  CHECK(notes.text().find("0123456789") == std::string::npos);
  auto parsed = Notes::parse(notes.text(), "a.capture");
  REQUIRE(parsed);
  auto host = captured_host(std::move(*parsed));
  REQUIRE(host);
  const Host& there = *host;
  const Host& here = machine;
  CHECK(**there.disk().read(Path("/etc/a")) == "one\ntwo \xff\n");
  CHECK(*there.disk().read(Path("/etc/none")) == std::nullopt);
  CHECK(*there.disk().list(Path("/etc")) == std::vector<std::string>{"a"});
  CHECK(*there.disk().stat(Path("/etc/a")) == *here.disk().stat(Path("/etc/a")));
  CHECK(there.system().environment("GOFLAGS") == "-mod=mod");
  CHECK(there.system().environment("API_TOKEN") == "…");
  CHECK(there.system().sysctl("hw.model") == "Mac16,1");
  CHECK(there.system().user().home == Path("/home/ann"));
  const auto failed = there.programs().query(nowhere());
  REQUIRE_FALSE(failed);
  CHECK(failed.error().front().message.text() ==
        here.programs().query(nowhere()).error().front().message.text());
  CHECK_FALSE(there.disk().read(Path("/etc/b")));
  CHECK_FALSE(there.disk().stat(Path("/etc/b")));
  CHECK_FALSE(host->disk().replace(Path("/etc/a"), "three"));
}

}  // namespace
}  // namespace gopol::engine
