#include <unistd.h>

#include <cstdlib>

#include "engine/real/real_system.h"
#include "tests/catch.h"
#include "tests/other_process.h"

using namespace gopol::engine;

TEST_CASE("an account is found by its number, lines that are none are skipped") {
  const std::string passwd =
      "# comment\n\nroot:x:0:0:root:/root:/bin/bash\nbroken:x\nann:x:501:20:Ann "
      "A.,,:/home/ann:/bin/zsh\n"
      "late:x:501:20::/home/late:/bin/sh";
  const auto ann = find_account(passwd, 501);
  REQUIRE(ann);
  CHECK(ann->name == "ann");
  CHECK(ann->home.text == "/home/ann");
  CHECK(ann->shell == "/bin/zsh");
  CHECK(ann->gid == 20);
  CHECK(!find_account(passwd, 7));
  CHECK(!find_account("", 0));
}

TEST_CASE("the real system answers from the session first") {
  const int answer = gopol::tests::in_other_process([] {
    ::setenv("HOME", "/home/elsewhere", 1);
    if (real_system()->user().home.text != "/home/elsewhere") return 1;
    ::setenv("HOME", "not/absolute", 1);
    if (!real_system()->user().home.is_absolute()) return 2;
    const auto system = real_system();
    if (system->user().uid != ::getuid()) return 3;
    if (system->machine().empty() || system->host_name().empty()) return 4;
    return system->environment("HOME") == "not/absolute" && !system->environment("GOPOL_NO") ? 0
                                                                                             : 5;
  });
  CHECK(answer == 0);
}
