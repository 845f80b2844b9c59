// Undo to the last attribute: extended attributes, ACLs, hard links, folders on the way; and what
// the records hold.
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <array>

#include "engine/record/state_folder.h"
#include "tests/catch.h"
#include "tests/engine/apply/life.h"

using namespace gopol::engine;
using gopol::tests::Life;
namespace dsl = gopol::dsl;

namespace {

using Xattrs = std::vector<Xattr>;

/// False: this file system has none of them.
bool give(const Path& path, const Xattr& one) {
#ifdef __APPLE__
  return ::setxattr(path.text.c_str(), one.name.c_str(), one.value.data(), one.value.size(), 0,
                    0) == 0;
#else
  return ::setxattr(path.text.c_str(), one.name.c_str(), one.value.data(), one.value.size(), 0) ==
         0;
#endif
}

/// An ACL as Linux writes it: user 4321 may read; of a folder what is made in it inherits that.
Xattr acl(const char* name) {
  static constexpr std::array<unsigned, 15> entries = {0x01, 6,    ~0u, 0x02, 4,    4321, 0x04, 4,
                                                       ~0u,  0x10, 4,   ~0u,  0x20, 0,    ~0u};
  std::string value(1, '\2');
  value.append(3, '\0');
  const auto put = [&](unsigned number, int bytes) {
    for (int i = 0; i < bytes; ++i) value += static_cast<char>(number >> (8 * i) & 0xff);
  };
  for (std::size_t i = 0; i < entries.size(); i += 3) {
    put(entries[i], 2);
    put(entries[i + 1], 2);
    put(entries[i + 2], 4);
  }
  return {name, std::move(value)};
}

Xattrs xattrs(const Life& life, const std::string& file) {
  return real_disk()->xattrs(life.temp() / file);
}

ino_t inode(const Life& life, const std::string& file) {
  struct stat found {};
  return ::lstat((life.temp() / file).text.c_str(), &found) == 0 ? found.st_ino : 0;
}

void set_content(Life& life, const std::string& text) {
  life.apply("enforce a { because \"r\" file \"/home/ann/a\" { content = \"" + text + "\" } }");
}

/// How often a text stands in the state folder.
std::size_t count_in_state(const Life& life, const std::string& text) {
  std::size_t out = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(life.state().text)) {
    if (!entry.is_regular_file()) continue;
    const std::string bytes =
        life.temp().read(entry.path().string().substr(life.temp().path().text.size() + 1));
    for (auto at = bytes.find(text); at != std::string::npos; at = bytes.find(text, at + 1)) ++out;
  }
  return out;
}

}  // namespace

TEST_CASE("undo gives a removed file its attributes and its ACL back") {
  Life life;
  const Path old = life.temp() / "home/ann/old";
  const bool marked = give(old, {"user.note", "mine"});
  const bool has_acl = give(old, acl("system.posix_acl_access"));
  const auto before = xattrs(life, "home/ann/old");
  CHECK(before.size() == static_cast<std::size_t>(marked) + static_cast<std::size_t>(has_acl));
  life.apply("enforce a { because \"r\" file \"/home/ann/old\" absent }");
  REQUIRE(!life.temp().has("home/ann/old"));
  // What is made from now on inherits an ACL, that the old file had not.
  give(life.temp() / "home/ann", acl("system.posix_acl_default"));
  REQUIRE(life.undo());
  CHECK(life.temp().read("home/ann/old") == "x");
  CHECK(xattrs(life, "home/ann/old") == before);
}

TEST_CASE("a file that is replaced in a folder whose ACL is inherited gets none") {
  Life life;
  if (!give(life.temp() / "home/ann", acl("system.posix_acl_default"))) return;
  REQUIRE(xattrs(life, "home/ann/a").empty());
  set_content(life, "new");
  CHECK(xattrs(life, "home/ann/a").empty());
  REQUIRE(life.undo());
  CHECK(xattrs(life, "home/ann/a").empty());
}

TEST_CASE("undo of a mode gives the ACL back as it was") {
  Life life;
  if (!give(life.temp() / "home/ann/a", acl("system.posix_acl_access"))) return;
  const auto before = xattrs(life, "home/ann/a");
  const auto files = life.files();
  life.apply("enforce a { because \"r\" file \"/home/ann/a\" { mode = \"0600\" } }");
  REQUIRE(life.undo());
  CHECK(xattrs(life, "home/ann/a") == before);
  CHECK(life.files() == files);
}

TEST_CASE("undo gives a file its other names back") {
  Life life;
  REQUIRE(::link((life.temp() / "home/ann/a").text.c_str(),
                 (life.temp() / "home/ann/other").text.c_str()) == 0);
  const auto before = inode(life, "home/ann/other");
  const bool removed = GENERATE(false, true);
  if (removed)
    life.apply("enforce a { because \"r\" file \"/home/ann/a\" absent }");
  else
    set_content(life, "new");
  REQUIRE(inode(life, "home/ann/a") != before);
  CHECK(life.temp().read("home/ann/other") == "old");
  REQUIRE(life.undo());
  CHECK(inode(life, "home/ann/a") == before);
  CHECK(real_disk()->write_access(life.temp() / "home/ann/a").other_names == 1);
}

TEST_CASE("a file that was written to under its other name keeps that; undo gives the bytes") {
  Life life;
  REQUIRE(::link((life.temp() / "home/ann/a").text.c_str(),
                 (life.temp() / "home/ann/other").text.c_str()) == 0);
  set_content(life, "new");
  life.temp().write("home/ann/other", "by hand");
  REQUIRE(life.undo());
  CHECK(life.temp().read("home/ann/a") == "old");
  CHECK(life.temp().read("home/ann/other") == "by hand");
}

TEST_CASE("undo of a mode cuts no hard link") {
  Life life;
  REQUIRE(::link((life.temp() / "home/ann/a").text.c_str(),
                 (life.temp() / "home/ann/other").text.c_str()) == 0);
  const auto before = inode(life, "home/ann/a");
  const auto files = life.files();
  life.apply("enforce a { because \"r\" file \"/home/ann/a\" { mode = \"0600\" } }");
  REQUIRE(life.undo());
  CHECK(inode(life, "home/ann/a") == before);
  CHECK(life.files() == files);
  CHECK(real_disk()->write_access(life.temp() / "home/ann/a").other_names == 1);
}

TEST_CASE("folders go with the last file in them, in whatever order runs are taken back") {
  Life life;
  const auto before = life.files();
  const std::string one =
      "enforce one { because \"r\" file \"/home/ann/x/y/one\" { content = \"1\" } }";
  const std::string two =
      " enforce two { because \"r\" file \"/home/ann/x/y/two\" { content = \"2\" } }";
  life.apply(one);
  life.apply(one + two);
  REQUIRE(life.undo({.run = "", .rule = "one", .slot = {}}));
  CHECK(life.temp().has("home/ann/x/y/two"));
  REQUIRE(life.undo({.run = "", .rule = "two", .slot = {}}));
  CHECK(life.files() == before);
}

TEST_CASE("gopol leaves the folders too that it made for itself") {
  Life life("linux-dev");
  life.keep_state_in(".local/new/state");
  const auto before = life.files();
  const std::string file = (life.home() / "deep/er/file").text;
  life.apply("enforce a { because \"r\" file \"" + file + "\" { content = \"new\" } }");
  REQUIRE(life.files() != before);
  REQUIRE(life.leave());
  CHECK(life.files() == before);
}

TEST_CASE(
    "leave brings an old Go back; told to purge, it removes the tree and the lines beside it") {
  Life life;
  const auto put = [&](const char* path, const char* text) { life.temp().write(path, text); };
  put("usr/local/go/VERSION", "go1.19.13\n");
  put("usr/local/go/bin/go", "no program");
  put("etc/paths.d/go", "/usr/local/go/bin\n");
  life.apply("enforce a { because \"r\" go.toolchain \"/usr/local/go\" absent }");
  CHECK(!life.temp().has("usr/local/go"));
  CHECK(life.temp().has("usr/local/.gopol-aside-go/VERSION"));
  CHECK(!life.temp().has("etc/paths.d/go"));
  const bool purges = GENERATE(false, true);
  CAPTURE(purges);
  const auto left = life.leave(purges);
  REQUIRE(left);
  CHECK(left->has_left);
  CHECK(left->failed == 0);
  CHECK(life.temp().has("usr/local/go/VERSION") == !purges);
  CHECK(life.temp().has("etc/paths.d/go") == !purges);
  for (const auto& entry : std::filesystem::directory_iterator((life.temp() / "usr/local").text))
    CHECK(entry.path().filename() == "go");
}

TEST_CASE("no secret stands twice in the records") {
  const std::string secret = "hunter2-Zq8";
  struct Case {
    std::string file, before, policy;
  };
  const std::vector<Case> cases = {
      {"home/ann/a", "token " + secret + "\n", "file \"/home/ann/a\" { content = \"new\" }"},
      {"home/ann/a", secret, "file \"/home/ann/a\" absent"},
      {"home/ann/.netrc", "machine m login l password " + secret + "\n",
       "line \"/home/ann/.netrc\" { lines includes [\"machine n login l\"] }"},
      {"home/ann/.config/go/env", "GOPROXY=https://u:" + secret + "@p.example,direct\n",
       "go.env { GOPROXY = [direct] }"},
  };
  for (const Case& one : cases) {
    CAPTURE(one.policy);
    Life life;
    life.temp().write(one.file, one.before);
    const auto before = life.files();
    const std::string policy = "enforce a { because \"r\" " + one.policy + " }";
    life.apply(policy);
    REQUIRE(life.files() != before);
    CHECK(count_in_state(life, secret) == 1);
    life.apply(policy);
    CHECK(count_in_state(life, secret) == 1);
    for (const auto& entry : std::filesystem::recursive_directory_iterator(life.state().text)) {
      if (!entry.is_regular_file()) continue;
      struct stat found {};
      ::stat(entry.path().c_str(), &found);
      CHECK((found.st_mode & 0077) == 0);
    }
    SECTION("given back " + one.policy) {
      life.apply("");
      CHECK(life.files() == before);
    }
    SECTION("undone " + one.policy) {
      REQUIRE(life.undo());
      CHECK(life.files() == before);
    }
  }
}

TEST_CASE("a value whose text is gone is not known any more, and nothing else suffers") {
  Life life;
  life.temp().write("home/ann/a", "what was there");
  set_content(life, "new");
  std::filesystem::remove_all((life.state() / "old").text);
  const Ledger ledger = life.ledger();
  const Owned* owned = ledger.find(life.slot("file", "/home/ann/a", "content"));
  REQUIRE(owned != nullptr);
  CHECK(owned->before.is_unknown());
  const auto journal = read_journal(journal_file(life.state()));
  REQUIRE(journal);
  REQUIRE(!journal->entries.empty());
  CHECK(!journal->entries.front().moves.front().was);
  const auto undone = life.undo();
  REQUIRE(undone);
  CHECK(undone->left.size() == 1);
  CHECK(life.temp().read("home/ann/a") == "new");
}
