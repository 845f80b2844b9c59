#include <pwd.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <filesystem>

#include "engine/real/confine.h"
#include "engine/real/real_system.h"
#include "tests/catch.h"
#include "tests/other_process.h"
#include "tests/temp_folder.h"

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
  CHECK(find_account(passwd, "late")->home.text == "/home/late");
  CHECK(!find_account(passwd, "broken"));
  CHECK(!find_account("", 0));
}

TEST_CASE("the groups of a user are those that name it whole") {
  constexpr std::string_view group =
      "root:x:0:\nstaff:x:20:ann,bob\ncrew:x:21:joann\nbroken:x\nlast:x:22:bob,ann";
  CHECK(find_groups(group, "ann") == std::vector<std::uint32_t>{20, 22});
  CHECK(find_groups(group, "nobody").empty());
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

namespace {

template <class Number>
std::string bytes_of(Number number) {
  return std::string(reinterpret_cast<const char*>(&number), sizeof number);
}
std::string text_of(std::string_view text) { return std::string(text) + '\0'; }

/// The rules of a profile: `(allow file-write-data (literal "/dev/null"))` is one.
std::vector<std::string> rules_of(std::string_view profile) {
  std::vector<std::string> out;
  int depth = 0;
  for (const char byte : profile) {
    if (byte == '(' && depth++ == 0) out.emplace_back();
    REQUIRE(depth > 0);
    out.back() += byte;
    if (byte == ')') --depth;
  }
  REQUIRE(depth == 0);
  return out;
}

/// Whether the sandbox lets a program do it. An operation that ends with a star is all of these.
bool allows(std::string_view operation, std::string_view path) {
  bool out = false;
  for (const std::string& rule : rules_of(seatbelt_profile)) {
    const std::string filter = " (literal \"" + std::string(path) + "\")";
    const std::size_t begin = rule.find(' ') + 1, end = rule.find_first_of(" )", begin);
    std::string_view of = std::string_view(rule).substr(begin, end - begin);
    const bool all = of.ends_with('*');
    if (all) of.remove_suffix(1);
    if (of != "default" && !(all ? operation.starts_with(of) : operation == of)) continue;
    if (rule[end] == ' ' && rule.substr(end) != filter + ")") continue;
    if (rule.starts_with("(allow ")) out = true;
    if (rule.starts_with("(deny ")) out = false;
  }
  return out;
}

}  // namespace

TEST_CASE("an answer of macOS' sysctl is a text or a number") {
  struct Case {
    std::string name, bytes;
    std::optional<std::string> text;
  };
  const Case cases[] = {
      {"hw.ncpu", bytes_of(std::int32_t{8}), "8"},
      {"sysctl.proc_translated", bytes_of(std::int32_t{-1}), "-1"},
      {"hw.memsize", bytes_of(std::int64_t{17179869184}), "17179869184"},
      {"machdep.cpu.brand_string", text_of("Apple M3"), "Apple M3"},
      {"machdep.cpu.brand_string", text_of("new"), "new"},  // as long as a number
      {"hw.model", text_of("Mac15,3"), "Mac15,3"},          // as a longer one
      {"kern.osrelease", text_of("22.0.0") + '\0', "22.0.0"},
      {"kern.uuid", text_of("DBD0E22C-4B1C-4C3C-A5A2-5A8D8C3C3B0B"),
       "DBD0E22C-4B1C-4C3C-A5A2-5A8D8C3C3B0B"},
      {"kern.bootsessionuuid", text_of(""), ""},
      {"kern.boottime", bytes_of(std::int64_t{1700000000}) + bytes_of(std::int64_t{1}), {}},
      {"kern.osversion", "no end", {}},
      {"kern.osversion", "", {}},
  };
  for (const Case& each : cases) {
    CAPTURE(each.name, each.bytes.size());
    CHECK(sysctl_text(each.name, each.bytes) == each.text);
  }
}

TEST_CASE("an account of macOS' directory service is one of a file") {
  char name[] = "ann", shell[] = "/bin/zsh", home[] = "/Users/ann";
  passwd entry{};
  entry.pw_name = name;
  entry.pw_shell = shell;
  entry.pw_dir = home;
  entry.pw_uid = 501;
  entry.pw_gid = 20;
  const Account ann = account_of(entry);
  CHECK(ann.name == "ann");
  CHECK(ann.shell == "/bin/zsh");
  CHECK(ann.home.text == "/Users/ann");
  CHECK(ann.uid == 501);
  CHECK(ann.gid == 20);
}

TEST_CASE("a program is where the links lead that name it") {
  const gopol::tests::TempFolder folder;
  const auto cellar = std::filesystem::canonical(folder.write("cellar", "program").text);
  const auto link = cellar.parent_path() / "gopol";
  std::filesystem::create_symlink(cellar, link);
  CHECK(follow_links(link.c_str()) == cellar);
  std::filesystem::remove(cellar);
  CHECK(follow_links(link.c_str()).empty());
}

TEST_CASE("a program that Seatbelt holds to reading may only write to /dev/null") {
  CHECK(std::string_view(seatbelt_profile).starts_with("(version 1)"));
  CHECK(allows("file-read-data", "/etc/hosts"));
  CHECK(allows("process-exec", "/usr/bin/true"));
  CHECK(allows("file-write-data", "/dev/null"));
  for (const std::string operation : {"file-write-create", "file-write-unlink", "file-write-mode",
                                      "file-write-xattr", "file-write-owner"}) {
    CAPTURE(operation);
    CHECK(!allows(operation, "/dev/null"));
    CHECK(!allows(operation, "/Users/ann/.zshrc"));
  }
  CHECK(!allows("file-write-data", "/Users/ann/.zshrc"));
}
