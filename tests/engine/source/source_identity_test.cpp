#include "engine/source/source_identity.h"

#include <filesystem>

#include "engine/real/real_disk.h"
#include "engine/source/trust_floor.h"
#include "tests/catch.h"
#include "tests/temp_folder.h"

using namespace gopol::engine;
using gopol::tests::TempFolder;
namespace fs = std::filesystem;

namespace {

const std::string commit(40, '1');
constexpr const char* url = "https://git.example/team";

FloorEntry kept(const std::string& from, const std::string& path, const std::string& policy) {
  FloorEntry out;
  out.url = from;
  out.path = path;
  out.policy = policy;
  out.commit = commit;
  out.verified = std::chrono::system_clock::from_time_t(1'700'000'000);
  return out;
}

SourceIdentity asked(const std::string& from, const std::string& path = "") {
  return identity_of(*real_disk(), from, path);
}

}  // namespace

TEST_CASE("a folder is the same through every link to it, also while nothing is there") {
  const TempFolder temp;
  const std::string top = fs::canonical(temp.path().text).string();
  fs::create_directories(top + "/a/team");
  fs::create_directory_symlink("team", top + "/a/link");
  fs::create_directory_symlink(top + "/a", top + "/b");
  fs::create_directory_symlink("loop", top + "/loop");
  for (int pass = 0; pass < 2; ++pass) {
    for (const char* name : {"/a/team", "/a/link", "/b/team", "/b/link/", "/b/link/.git"}) {
      CAPTURE(name);
      CHECK(asked(top + name).resolved == top + "/a/team");
      CHECK(asked("file://" + top + name).resolved == top + "/a/team");
    }
    fs::remove(top + "/a/team");
  }
  CHECK(asked(top + "/loop/team").resolved.ends_with("/team"));
  CHECK(asked(url).resolved == asked(url).repository);
}

TEST_CASE("a further work tree, and a pointer to a repository, are that repository") {
  const TempFolder temp;
  const std::string top = fs::canonical(temp.path().text).string();
  temp.write("team/.git/HEAD", "ref: refs/heads/main\n");
  temp.write("team/.git/worktrees/other/commondir", "../..\n");
  temp.write("other/.git", "gitdir: " + top + "/team/.git/worktrees/other\n");
  temp.write("alias/.git", "gitdir: ../team/.git\n");
  temp.write("loop/.git", "gitdir: ../loop\n");
  for (const char* name : {"/team", "/other", "/alias", "/team/.git/worktrees/other"}) {
    CAPTURE(name);
    CHECK(asked(top + name).resolved == top + "/team");
  }
  CHECK(asked(top + "/loop").resolved == top + "/loop");
}

TEST_CASE("an entry of the floor is found by what it is of") {
  TrustFloor floor;
  floor.put("old", kept(url, "", "dev.policy"));
  CHECK(floor.id_of(asked("ssh://git@GIT.example/team.git/")) == "old");
  CHECK(floor.id_of(asked("https://git.example/team", "dev.policy")) == "old");
  CHECK(floor.id_of(asked("https://git.example/Team")) == "old");  // the server may not tell them
  CHECK(floor.id_of(asked("https://git.example/team", "./dev.policy")) == "old");
  const std::string other = floor.id_of(asked(url, "mac.policy"));
  CHECK(other == source_id("git.example/team", "mac.policy"));
  CHECK(floor.id_of(asked("https://git.example/other")) == source_id("git.example/other", ""));
  floor.put(other, kept(url, "mac.policy", "mac.policy"));
  CHECK(floor.id_of(asked("git.example:team", "mac.policy")) == other);
  CHECK(floor.id_of(asked(url)) == "old");
}

TEST_CASE("the policy at the top is the one that was named, if it lies there") {
  TrustFloor floor;
  floor.put("deep", kept(url, "a/dev.policy", "a/dev.policy"));
  CHECK(floor.id_of(asked(url)) == source_id("git.example/team", ""));
  floor.put("top", kept(url, "dev.policy", "dev.policy"));
  CHECK(floor.id_of(asked(url)) == "top");
}

TEST_CASE("a folder that a link was led away from keeps its floor, and so does the link") {
  const TempFolder temp;
  const std::string top = fs::canonical(temp.path().text).string();
  fs::create_directories(top + "/new");
  fs::create_directories(top + "/old");
  fs::create_directory_symlink("new", top + "/link");
  TrustFloor floor;
  FloorEntry entry = kept(top + "/link", "", "dev.policy");
  entry.repository = asked(top + "/link").resolved;
  floor.put("id", entry);
  CHECK(floor.id_of(asked(top + "/new")) == "id");
  fs::remove(top + "/link");
  fs::create_directory_symlink("old", top + "/link");
  CHECK(floor.id_of(asked(top + "/link")) == "id");
  CHECK(floor.id_of(asked(top + "/old")) != "id");
}

TEST_CASE("another policy of the repository says how old a new one may be") {
  TrustFloor floor;
  CHECK(floor.beside(asked(url), "") == nullptr);
  floor.put("one", kept(url, "one.policy", "one.policy"));
  FloorEntry later = kept("git@git.example:team", "two.policy", "two.policy");
  later.verified += std::chrono::hours(1);
  floor.put("two", later);
  REQUIRE(floor.beside(asked(url, "new.policy"), "") != nullptr);
  CHECK(floor.beside(asked(url, "new.policy"), "")->policy == "two.policy");
  CHECK(floor.beside(asked(url, "new.policy"), "branch next") == nullptr);
  CHECK(floor.beside(asked("https://git.example/other"), "") == nullptr);
}
