#include "engine/host/who_may_write.h"

#include <sys/stat.h>
#include <unistd.h>

#include "engine/real/real_disk.h"
#include "engine/real/real_system.h"
#include "tests/catch.h"
#include "tests/temp_folder.h"

using namespace gopol::engine;
using gopol::tests::TempFolder;

namespace {

/// The place that is open, from the folder of the test; `-`: none is.
std::string open_at(const TempFolder& temp, std::string_view name) {
  const auto open = who_may_write(temp / name, *real_disk(), *real_system());
  REQUIRE(open);
  if (!*open) return "-";
  const std::string start = temp.path().text + "/";
  const std::string& path = (*open)->path.text;
  return path.starts_with(start) ? path.substr(start.size()) : path;
}

void mode(const TempFolder& temp, std::string_view name, ::mode_t bits) {
  REQUIRE(::chmod((temp / name).text.c_str(), bits) == 0);
}

}  // namespace

TEST_CASE("what trust hangs on is written by root and its user alone") {
  const TempFolder temp;
  temp.write("a/b/keys", "x");
  mode(temp, "a/b/keys", 0644);
  mode(temp, "a/b", 0755);
  mode(temp, "a", 0755);
  CHECK(open_at(temp, "a/b/keys") == "-");
  CHECK(open_at(temp, "a/b/none") == "-");
  for (const ::mode_t bits : {0664U, 0646U, 0666U, 0620U}) {
    mode(temp, "a/b/keys", bits);
    CHECK(open_at(temp, "a/b/keys") == "a/b/keys");
  }
  mode(temp, "a/b/keys", 0600);
  for (const ::mode_t bits : {0775U, 0757U, 0777U}) {
    mode(temp, "a", bits);
    CHECK(open_at(temp, "a/b/keys") == "a");
  }
  mode(temp, "a", 01777);
  CHECK(open_at(temp, "a/b/keys") == (::getuid() == 0 ? "-" : "a"));  // sticky, and whose it is
  if (::getuid() != 0) return;
  for (const char* name : {"a/b/keys", "a/b", "a"}) {
    REQUIRE(::chown((temp / name).text.c_str(), 65534, 65534) == 0);
    CHECK(open_at(temp, "a/b/keys") == name);
  }
}

TEST_CASE("behind a link, what it names and the folders on both ways count") {
  const TempFolder temp;
  temp.write("open/keys", "x");
  temp.write("shut/keys", "x");
  for (const char* name : {"open/keys", "shut/keys"}) mode(temp, name, 0644);
  const auto link = [&](const char* to, const char* name) {
    REQUIRE(::symlink(to, (temp / name).text.c_str()) == 0);
  };
  link("../open/keys", "shut/to-open");
  link("../shut/keys", "open/to-shut");
  link("keys", "shut/to-keys");
  link("open", "folder");
  link("loop", "loop");
  mode(temp, "shut", 0755);
  mode(temp, "open", 0777);
  CHECK(open_at(temp, "shut/to-keys") == "-");
  CHECK(open_at(temp, "shut/to-open") == "open");
  CHECK(open_at(temp, "open/to-shut") == "open");
  CHECK(open_at(temp, "folder/keys") == "open");
  CHECK(open_at(temp, "loop") == "-");  // which nobody can open
}

TEST_CASE("what lies behind as many links as the system follows is looked at too") {
  const TempFolder temp;
  temp.write("0", "x");
  mode(temp, "0", 0666);
  for (int i = 1; i <= 41; ++i)
    REQUIRE(::symlink(std::to_string(i - 1).c_str(), (temp / std::to_string(i)).text.c_str()) == 0);
  CHECK(real_disk()->read(temp / "40"));
  CHECK(open_at(temp, "40") == "0");
  CHECK(!real_disk()->read(temp / "41"));
  CHECK(open_at(temp, "41") == "-");
  CHECK(!who_may_write(Path("keys"), *real_disk(), *real_system()));
}
