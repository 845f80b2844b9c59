#include <signal.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>

#include "engine/real/real_disk.h"
#include "tests/catch.h"
#include "tests/faulty_disk.h"
#include "tests/other_process.h"
#include "tests/temp_folder.h"

namespace fs = std::filesystem;
using namespace gopol::engine;
using gopol::tests::TempFolder;

namespace {

template <class T>
std::string message_of(const Result<T>& result) {
  return result ? ""
                : result.error().front().message.text() + "; " + result.error().front().help.text();
}

std::uint32_t mode_of(const Path& path) {
  struct stat found {};
  return ::lstat(path.text.c_str(), &found) == 0 ? found.st_mode & 07777 : 0;
}

}  // namespace

TEST_CASE("a replaced file keeps mode, owner and attributes; nothing is left beside it") {
  const TempFolder temp;
  const Path file = temp.write("env", "old");
  ::chmod(file.text.c_str(), 0640);
  const bool owned = ::getuid() == 0 && ::chown(file.text.c_str(), 1234, 4321) == 0;
#ifdef __APPLE__
  const bool marked = ::setxattr(file.text.c_str(), "user.gopol", "x", 1, 0, 0) == 0;
#else
  const bool marked = ::setxattr(file.text.c_str(), "user.gopol", "x", 1, 0) == 0;
#endif
  const auto disk = real_disk();
  REQUIRE(disk->replace(file, "new"));
  CHECK(temp.read("env") == "new");
  CHECK(temp.count() == 1);
  CHECK(mode_of(file) == 0640);
  const auto status = disk->stat(file);
  if (owned) CHECK((status->uid == 1234 && status->gid == 4321));
  char value = 0;
#ifdef __APPLE__
  const auto read = ::getxattr(file.text.c_str(), "user.gopol", &value, 1, 0, 0);
#else
  const auto read = ::getxattr(file.text.c_str(), "user.gopol", &value, 1);
#endif
  if (marked) CHECK((read == 1 && value == 'x'));
  REQUIRE(disk->replace(file, "again", {.mode = 0600}));
  CHECK(mode_of(file) == 0600);
}

TEST_CASE("a new file gets the umask's mode and its folders") {
  const TempFolder temp;
  const mode_t before = ::umask(027);
  const auto done = real_disk()->replace(temp / "a/b/env", "x");
  ::umask(before);
  REQUIRE(done);
  CHECK(mode_of(temp / "a/b/env") == 0640);
  CHECK(mode_of(temp / "a/b") == 0750);
}

TEST_CASE("replacing through a link changes the file it names and keeps the link") {
  const TempFolder temp;
  temp.write("real/env", "old");
  fs::create_symlink("real/env", (temp / "link").text);
  fs::create_symlink("real/later", (temp / "dangling").text);
  const auto disk = real_disk();
  REQUIRE(disk->replace(temp / "link", "new"));
  REQUIRE(disk->replace(temp / "dangling", "made"));
  CHECK(fs::read_symlink((temp / "link").text) == "real/env");
  CHECK(temp.read("real/env") == "new");
  CHECK(temp.read("real/later") == "made");
}

TEST_CASE("what is no file is said, at once") {
  const TempFolder temp;
  ::mkfifo((temp / "pipe").text.c_str(), 0600);
  fs::create_symlink("loop", (temp / "loop").text);
  const auto disk = real_disk();
  CHECK(message_of(disk->read(temp.path())) ==
        "`" + temp.path().text + "` is a folder, not a file; ");
  CHECK(message_of(disk->read(temp / "pipe")) ==
        "`" + (temp / "pipe").text + "` is a pipe, not a file; ");
  CHECK(message_of(disk->read(Path("/dev/zero"))) ==
        "`/dev/zero` is a device or socket, not a file; ");
  CHECK(!disk->read(temp / "loop"));
  CHECK(!disk->resolve(temp / "loop"));
  CHECK(!disk->replace(temp / "pipe", "x"));
  CHECK(!disk->replace(temp.path(), "x"));
  CHECK(!disk->list(temp.write("file", "")));
  CHECK(!disk->read(Path("relative")));
}

TEST_CASE("nothing there is an answer") {
  const TempFolder temp;
  const Path below_file = temp.write("file", "x") / "below";
  const auto disk = real_disk();
  for (const Path& path : {temp / "none", below_file}) {
    CAPTURE(path.text);
    CHECK(disk->stat(path)->type == FileStatus::Type::absent);
    CHECK(disk->stat_target(path)->type == FileStatus::Type::absent);
    CHECK(*disk->read(path) == std::nullopt);
    CHECK(*disk->read_link(path) == std::nullopt);
    CHECK(*disk->resolve(path) == std::nullopt);
    CHECK(disk->list(path)->empty());
    CHECK(disk->remove(path));
    CHECK(disk->remove_tree(path / "x"));
  }
}

TEST_CASE("a part of a file is read, the whole of a huge one is refused") {
  const TempFolder temp;
  const Path file = temp.write("file", "0123456789");
  const auto disk = real_disk();
  CHECK(**disk->read(file, {3, 4}) == "3456");
  CHECK(**disk->read(file, {8, 100}) == "89");
  CHECK(**disk->read(file, {80, 1}) == "");
  fs::resize_file(file.text, (64u << 20) + 1);
  CHECK(message_of(disk->read(file)) ==
        "cannot read `" + file.text + "`: file too large; gopol reads whole files up to 64 MiB");
  CHECK((**disk->read(file, {0, 3})) == "012");
  CHECK(!disk->read(Path("/proc/self/status"))->value_or("").empty());
}

TEST_CASE("a link is made and switched, a file in its place stays") {
  const TempFolder temp;
  const auto disk = real_disk();
  REQUIRE(disk->link(temp / "go/current", "go1.22.1"));
  REQUIRE(disk->link(temp / "go/current", "go1.22.2"));
  CHECK(**disk->read_link(temp / "go/current") == "go1.22.2");
  CHECK(temp.count("go") == 1);
  temp.write("file", "mine");
  CHECK(!disk->link(temp / "file", "x"));
  CHECK(temp.read("file") == "mine");
  CHECK(temp.count() == 2);
}

TEST_CASE("a read-only tree can be removed, what its links name stays") {
  const TempFolder temp;
  const int answer = gopol::tests::as_ordinary_user([&] {
    const auto scratch = Scratch::make();
    if (!scratch) return 1;
    const std::string base = scratch->path();
    fs::create_directories(base + "/mod/cache/deep");
    std::ofstream(base + "/kept") << "kept";
    std::ofstream(base + "/mod/cache/deep/file") << "x";
    fs::create_symlink(base + "/kept", base + "/mod/cache/to_file");
    fs::create_symlink(base, base + "/mod/cache/to_folder");
    for (const char* name : {"/mod/cache/deep/file", "/mod/cache/deep", "/mod/cache", "/mod"}) {
      ::chmod((base + name).c_str(), fs::is_directory(base + name) ? 0555 : 0444);
    }
    ::chmod((base + "/mod/cache/deep").c_str(), 0);
    if (!real_disk()->remove_tree(Path(base + "/mod"))) return 2;
    if (fs::exists(base + "/mod")) return 3;
    return fs::exists(base + "/kept") ? 0 : 4;
  });
  CHECK(answer == 0);
}

TEST_CASE("an ordinary user in a read-only folder changes nothing and hears why") {
  const TempFolder temp;
  const Path file = temp.write("locked/env", "old");
  ::chmod(temp.path().text.c_str(), 0755);
  ::chmod(file.text.c_str(), 0644);
  ::chmod(file.parent().text.c_str(), 0555);
  const int answer = gopol::tests::as_ordinary_user([&] {
    const auto disk = real_disk();
    if (disk->is_writable(file) || disk->is_writable(file.parent() / "new/deep")) return 1;
    const auto done = disk->replace(file, "new");
    if (done) return 2;
    return message_of(done) ==
                   "cannot write `" + file.text + "`: permission denied; nothing was changed"
               ? 0
               : 3;
  });
  CHECK(answer == 0);
  CHECK(temp.read("locked/env") == "old");
  CHECK(temp.count("locked") == 1);
  ::chmod(file.parent().text.c_str(), 0755);
}

#ifdef __linux__  // another system mounts otherwise
TEST_CASE("a full disk leaves the old file and no other") {
  const TempFolder temp;
  const int answer = gopol::tests::in_other_process([&] {
    if (!gopol::tests::enter_own_mounts()) return 100;
    if (::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0) return 100;
    const std::string place = temp.path().text;
    if (::mount("tmpfs", place.c_str(), "tmpfs", 0, "size=64k") != 0) return 100;
    temp.write("env", "old");
    const auto done = real_disk()->replace(temp / "env", std::string(200'000, 'x'));
    if (done) return 1;
    if (message_of(done).find("no space left on device; nothing was changed") == std::string::npos)
      return 2;
    return temp.read("env") == "old" && temp.count() == 1 ? 0 : 3;
  });
  if (answer == 100) {
    std::printf("skipped: a full disk leaves the old file and no other (cannot mount)\n");
    return;
  }
  CHECK(answer == 0);
}
#endif

TEST_CASE("a write that fails half-way leaves the old file and no other") {
  const TempFolder temp;
  const Path file = temp.write("env", "old");
  const int answer = gopol::tests::in_other_process([&] {
    ::signal(SIGXFSZ, SIG_IGN);
    const rlimit most{65536, 65536};
    if (::setrlimit(RLIMIT_FSIZE, &most) != 0) return 1;
    const auto done = real_disk()->replace(file, std::string(200'000, 'x'));
    return message_of(done) ==
                   "cannot write `" + file.text + "`: file too large; nothing was changed"
               ? 0
               : 2;
  });
  CHECK(answer == 0);
  CHECK(temp.read("env") == "old");
  CHECK(temp.count() == 1);
}

TEST_CASE("no path and no link leads out of a recorded disk") {
  const TempFolder temp;
  temp.write("secret", "outside");
  temp.write("root/etc/inside", "inside");
  const auto link = [&](const std::string& target, const char* name) {
    fs::create_symlink(target, (temp / "root" / name).text);
  };
  link("../../../../../../secret", "climbs");
  link((temp / "secret").text, "absolute");
  link("/etc/inside", "rooted");
  link("..", "up");
  link("/", "slash");
  link("b", "a");
  link("a", "b");
  const auto disk = rooted_disk(temp / "root");
  CHECK(*disk->read(Path("/climbs")) == std::nullopt);
  CHECK(*disk->read(Path("/absolute")) == std::nullopt);
  CHECK(*disk->read(Path("/up/secret")) == std::nullopt);
  CHECK(*disk->read(Path("/slash/../secret")) == std::nullopt);
  CHECK(**disk->read(Path("/rooted")) == "inside");
  CHECK(**disk->read(Path("/slash/up/etc/inside")) == "inside");
  CHECK((*disk->resolve(Path("/up/slash/rooted")))->text == "/etc/inside");
  CHECK(message_of(disk->read(Path("/a"))) ==
        "cannot look at `/a`: too many levels of symbolic links; ");
  REQUIRE(disk->replace(Path("/absolute"), "stays in"));
  REQUIRE(disk->replace(Path("/climbs"), "too"));
  CHECK(temp.read("secret") == "outside");
  CHECK(temp.read("root" + (temp / "secret").text) == "stays in");
  CHECK(temp.read("root/secret") == "too");
  CHECK(!disk->remove_tree(Path("/")));
  CHECK(disk->real_path(Path("/rooted"))->text == (temp / "root/etc/inside").text);
}

TEST_CASE("a faulty disk fails the call it was told to, and only it") {
  const TempFolder temp;
  gopol::tests::FaultyDisk disk(real_disk(), 2);
  CHECK(disk.replace(temp / "a", "1", {}));
  CHECK(!disk.replace(temp / "b", "2", {}));
  CHECK(disk.replace(temp / "c", "3", {}));
  CHECK(disk.calls() == 3);
  CHECK(!temp.has("b"));
}
