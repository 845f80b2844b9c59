#include "engine/real/spot.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>

#include "engine/real/real_disk.h"
#include "engine/real/rooted_path.h"
#include "engine/real/write_file.h"
#include "tests/catch.h"
#include "tests/other_process.h"
#include "tests/temp_folder.h"

namespace fs = std::filesystem;
using namespace gopol::engine;
using gopol::tests::TempFolder;

namespace {

constexpr uid_t somebody = 65534;

std::string real_top(const TempFolder& temp) { return fs::canonical(temp.path().text).string(); }

}  // namespace

TEST_CASE("a folder that is swapped for a link is not walked through") {
  const TempFolder temp;
  const std::string top = real_top(temp);
  temp.write("mine/env", "old");
  temp.write("other/env", "theirs");
  const auto found = place("", Path(top + "/mine/env"), Follow::own_links);
  REQUIRE(found);
  fs::rename(top + "/mine", top + "/away");
  fs::create_directory_symlink("other", top + "/mine");
  CHECK(Spot::inside("", found->real, Spot::Missing::fail).error() == link_came);
  CHECK(Spot::inside("", found->real, Spot::Missing::make).error() == link_came);
  CHECK(Spot::inside(top, "/mine/deep/env", Spot::Missing::make).error() == link_came);
  CHECK(replace_file(Spot::inside("", found->real, Spot::Missing::make), "new", {}) == link_came);
  CHECK(temp.read("other/env") == "theirs");
  CHECK(temp.read("away/env") == "old");
}

TEST_CASE("a folder that is swapped while it is open is still the one that was looked at") {
  const TempFolder temp;
  const std::string top = real_top(temp);
  temp.write("mine/env", "old");
  temp.write("other/env", "theirs");
  const Spot spot = Spot::inside("", top + "/mine/env", Spot::Missing::fail);
  REQUIRE(spot.error() == 0);
  fs::rename(top + "/mine", top + "/away");
  fs::create_directory_symlink("other", top + "/mine");
  CHECK(replace_file(spot, "new", {}) == 0);
  CHECK(give_attributes(spot, {.mode = 0600}) == 0);
  CHECK(temp.read("other/env") == "theirs");
  CHECK(temp.read("away/env") == "new");
  CHECK(remove_one(spot) == 0);
  CHECK(!temp.has("away/env"));
  CHECK(temp.has("other/env"));
}

TEST_CASE("a file that is swapped for a link is neither written nor given another mode") {
  const TempFolder temp;
  const std::string top = real_top(temp);
  const Path theirs = temp.write("theirs", "theirs");
  ::chmod(theirs.text.c_str(), 0640);
  fs::create_symlink("theirs", top + "/link");
  const Spot spot = Spot::inside("", top + "/link", Spot::Missing::fail);
  CHECK(replace_file(spot, "new", {}) == link_came);
  CHECK(give_attributes(spot, {.mode = 0666}) == link_came);
  CHECK(make_real_folder(spot, {.mode = 0777}) == ENOTDIR);
  CHECK(temp.read("theirs") == "theirs");
  struct stat found {};
  REQUIRE(::stat(theirs.text.c_str(), &found) == 0);
  CHECK((found.st_mode & 0777) == 0640);
}

TEST_CASE("folders that are missing are made, and are never others' to write") {
  const TempFolder temp;
  const std::string top = real_top(temp);
  const mode_t before = ::umask(0);
  CHECK(replace_file(Spot::inside(top, "/a/b/c", Spot::Missing::make), "x", {.mode = 0600}) == 0);
  ::umask(before);
  CHECK(temp.read("a/b/c") == "x");
  struct stat found {};
  REQUIRE(::stat((top + "/a/b").c_str(), &found) == 0);
  CHECK((found.st_mode & 07777) == 0755);
  CHECK(Spot::inside(top, "/a/b/c/d", Spot::Missing::make).error() == ENOTDIR);
  CHECK(Spot::inside(top, "/none/d", Spot::Missing::fail).error() == ENOENT);
}

TEST_CASE("root writes through no link that another user made") {
  if (::getuid() != 0) return;  // only root can give a link away
  const TempFolder temp;
  const std::string top = real_top(temp);
  temp.write("roots/env", "old");
  fs::create_directory_symlink("roots", top + "/theirs");
  fs::create_directory_symlink("roots", top + "/own");
  REQUIRE(::lchown((top + "/theirs").c_str(), somebody, somebody) == 0);
  const auto disk = real_disk();
  const Path through(top + "/theirs/env");
  const auto refused = disk->written_path(through);
  REQUIRE(!refused);
  CHECK(refused.error().front().message.text() ==
        "`" + top + "/theirs` is a link of user 65534, who could lead it elsewhere");
  CHECK(!disk->replace(through, "new"));
  CHECK(!disk->set_attributes(through, {.mode = 0666}));
  CHECK(!disk->make_folder(Path(top + "/theirs/new")));
  CHECK(!disk->link(Path(top + "/theirs/new"), "x"));
  CHECK(!disk->remove(through));
  CHECK(!disk->remove_tree(through));
  CHECK(!disk->rename(through, Path(top + "/new")));
  CHECK(!disk->rename(Path(top + "/roots/env"), Path(top + "/theirs/new")));
  CHECK(temp.read("roots/env") == "old");
  CHECK(temp.count("roots") == 1);
  CHECK(disk->read(through));
  CHECK(disk->replace(Path(top + "/own/env"), "new"));
  CHECK(temp.read("roots/env") == "new");
}

TEST_CASE("what stands in the way of a write is told apart") {
  using Kind = WriteAccess::Kind;
  const TempFolder temp;
  const std::string top = real_top(temp);
  ::chmod(top.c_str(), 0777);
  temp.write("roots/env", "x");
  fs::create_hard_link(top + "/roots/env", top + "/roots/same");
  const int answer = gopol::tests::as_ordinary_user([&] {
    const auto disk = real_disk();
    fs::create_directory(top + "/mine");
    ::chmod((top + "/mine").c_str(), 0555);
    const WriteAccess mine = disk->write_access(Path(top + "/mine/deep/env"));
    if (mine.kind != Kind::read_only || mine.at.text != top + "/mine") return 1;
    ::chmod((top + "/mine").c_str(), 0755);
    if (disk->write_access(Path(top + "/mine/deep/env")).kind != Kind::free) return 2;
    if (::getuid() != 65534) return 0;  // whoever runs the test owns `roots`
    const WriteAccess theirs = disk->write_access(Path(top + "/roots/env"));
    if (theirs.kind != Kind::of_another || theirs.other_names != 1) return 3;
    return disk->write_access(Path(top + "/roots/new")).kind == Kind::of_another ? 0 : 4;
  });
  CHECK(answer == 0);
  CHECK(real_disk()->write_access(Path(top + "/roots/env")).other_names == 1);
  CHECK(real_disk()->write_access(Path(top + "/roots")).other_names == 0);
}
