#include <cstdlib>
#include <filesystem>
#include <string>

#include "engine/source/policy_pull.h"
#include "engine/source/policy_range.h"
#include "engine/source/policy_source.h"
#include "tests/catch.h"
#include "tests/temp_folder.h"

#ifdef GOPOL_NET_PROGRAM

namespace fs = std::filesystem;
using namespace gopol::engine;
using gopol::tests::TempFolder;

namespace {

/// A work tree and the bare repository that it is pushed to, made with git(1).
class Origin {
 public:
  explicit Origin(const TempFolder& temp) : temp_(temp) {
    git("init -q --bare -b main '" + bare() + "'", "/");
    git("init -q -b main '" + work() + "'", "/");
    git("remote add origin '" + bare() + "'");
  }
  std::string bare() const { return (temp_ / "policies.git").text; }
  std::string work() const { return (temp_ / "work").text; }
  void write(const std::string& name, const std::string& text) {
    temp_.write("work/" + name, text);
  }
  void git(const std::string& arguments) { git(arguments, work()); }
  void publish(const std::string& branch = "main") {
    git("add -A");
    git("-c user.name=Ann -c user.email=ann@example.com commit -q -m change");
    git("push -q origin HEAD:refs/heads/" + branch);
  }

 private:
  static void git(const std::string& arguments, const std::string& folder) {
    const std::string command =
        "cd '" + folder +
        "' && HOME=/nonexistent GIT_CONFIG_NOSYSTEM=1 GIT_AUTHOR_DATE=1700000000Z "
        "GIT_COMMITTER_DATE=1700000000Z git " +
        arguments;
    REQUIRE(std::system(command.c_str()) == 0);
  }
  const TempFolder& temp_;
};

NetSettings here() {
  NetSettings settings;
  settings.program = Path(GOPOL_NET_PROGRAM);
  return settings;
}

Result<FetchedPolicy> fetch(const TempFolder& temp, const SourceRef& source) {
  return fetch_policy(here(), source, temp / "cache");
}

template <class T>
std::string refusal(const Result<T>& result) {
  return result ? "" : result.error().front().message.text();
}

}  // namespace

TEST_CASE("a policy is read from the tip of the default branch, then of what was pushed since") {
  const TempFolder temp;
  Origin origin(temp);
  origin.write("team.policy", "rule a {}\n");
  origin.publish();
  for (const std::string& url : {origin.bare(), "file://" + origin.bare()}) {
    CAPTURE(url);
    const auto first = fetch(temp, {url, "", ""});
    CAPTURE(refusal(first));
    REQUIRE(first);
    CHECK(first->text == "rule a {}\n");
    CHECK(first->path == "team.policy");
    CHECK(first->author == "Ann <ann@example.com>");
    CHECK(first->time == "2023-11-14T22:13:20Z");
    CHECK(first->commit.size() == 40);
    CHECK(fetch(temp, {url, "main", "team.policy"})->commit == first->commit);
  }
  CHECK(temp.count("cache") == 2);
  origin.write("team.policy", "rule b {}\n");
  origin.publish();
  CHECK(fetch(temp, {origin.bare(), "", ""})->text == "rule b {}\n");
  CHECK(temp.count("cache") == 2);
}

TEST_CASE("a branch and a path may be named") {
  const TempFolder temp;
  Origin origin(temp);
  origin.write("a.policy", "a");
  origin.publish();
  origin.write("deep/er/b.policy", "b\xff");
  origin.publish("next/one");
  CHECK(fetch(temp, {origin.bare(), "next/one", "deep/er/b.policy"})->text == "b\xff");
  CHECK(refusal(fetch(temp, {origin.bare(), "main", "deep/er/b.policy"})) ==
        "the commit has no `deep/er/b.policy`");
  const auto missing = fetch(temp, {origin.bare(), "nix", ""});
  CHECK(refusal(missing) == origin.bare() + " has no branch `nix`");
  CHECK(missing.error().front().help.text() == "set `branch`; it has: main, next/one");
}

TEST_CASE("only a plain file of the commit is a policy") {
  const TempFolder temp;
  Origin origin(temp);
  origin.write("a.policy", "a");
  origin.write("b.policy", "b");
  fs::create_symlink("a.policy", origin.work() + "/link.policy");
  fs::create_directory_symlink("/etc", origin.work() + "/etc");
  origin.publish();
  const auto ask = [&](const std::string& path) {
    return refusal(fetch(temp, {origin.bare(), "", path}));
  };
  CHECK(ask("") == "the repository has 3 policies at its top: a.policy, b.policy, link.policy");
  CHECK(ask("link.policy") == "`link.policy` is a symlink");
  CHECK(ask("etc/passwd") == "`etc` is a symlink");
  CHECK(ask("a.policy/x") == "`a.policy` is a plain file, not a folder");
  CHECK(ask("../a.policy") == "`../a.policy` is no path inside a repository");
  CHECK(ask("/a.policy") == "`/a.policy` is no path inside a repository");
  CHECK(ask("a.policy") == "");
}

TEST_CASE("what cannot be reached is said, and the cache stays usable") {
  const TempFolder temp;
  Origin origin(temp);
  CHECK(refusal(fetch(temp, {origin.bare(), "", ""})) == origin.bare() + " has no commit");
  origin.write("a.policy", "a");
  origin.publish();
  REQUIRE(fetch(temp, {origin.bare(), "", ""}));
  fs::rename(origin.bare(), origin.bare() + ".away");
  const auto gone = fetch(temp, {origin.bare(), "", ""});
  CHECK(refusal(gone).starts_with("cannot reach " + origin.bare()));
  fs::rename(origin.bare() + ".away", origin.bare());
  CHECK(refusal(fetch(temp, {origin.bare(), "", ""})) == "");
  CHECK(refusal(fetch(temp, {"ftp://example.com/x.git", "", ""})) ==
        "`ftp://example.com/x.git` is no address that policies are fetched from");
}

TEST_CASE("a damaged cache is made anew") {
  const TempFolder temp;
  Origin origin(temp);
  origin.write("a.policy", "a");
  origin.publish();
  REQUIRE(fetch(temp, {origin.bare(), "", ""}));
  for (const auto& entry : fs::directory_iterator((temp / "cache").text)) {
    fs::remove(entry.path() / "HEAD");
  }
  CHECK(refusal(fetch(temp, {origin.bare(), "", ""})) == "");
}

TEST_CASE("a pull says whether what is there now comes after what was used") {
  const TempFolder temp;
  Origin origin(temp);
  origin.write("a.policy", "first");
  origin.publish();
  const auto pull = [&](const std::string& known, const std::string& last) {
    auto out = pull_policy(here(), {{origin.bare(), "", ""}, known, last}, temp / "cache");
    CAPTURE(refusal(out));
    REQUIRE(out);
    return std::move(*out);
  };
  const Pulled first = pull("", "");
  CHECK(first.text == "first");
  CHECK(!first.has_last);
  CHECK(first.line.size() == 1);
  CHECK(pull(first.commit, "").same);

  origin.write("a.policy", "second");
  origin.publish();
  const Pulled second = pull(first.commit, first.commit);
  CHECK(!second.same);
  CHECK(second.text == "second");
  CHECK((second.has_last && second.descends && !second.is_older));
  REQUIRE(second.line.size() == 1);
  CHECK(second.line.front().commit == second.commit);
  CHECK(second.line.front().parents == std::vector<std::string>{first.commit});

  origin.git("push -q -f origin " + first.commit + ":refs/heads/main");
  const Pulled back = pull(second.commit, second.commit);
  CHECK(back.commit == first.commit);
  CHECK((back.has_last && !back.descends && back.is_older));

  origin.git("checkout -q --orphan other");
  origin.publish("other");
  origin.git("push -q -f origin other:main");
  const Pulled other = pull("", second.commit);
  CHECK((other.has_last && !other.descends && !other.is_older));
  CHECK(*read_pulled(here(), origin.bare(), first.commit, "a.policy", temp / "cache") == "first");
  CHECK(!read_pulled(here(), origin.bare(), first.commit, "b.policy", temp / "cache"));
}

TEST_CASE("a range has the policy as it was and as it is, each with its commit") {
  const TempFolder temp;
  Origin origin(temp);
  const Path folder(origin.work());
  origin.write("a.policy", "was");
  origin.write("list.txt", "x");
  origin.publish();
  origin.git("tag v1");
  origin.git("checkout -q -b mine");
  origin.write("a.policy", "is");
  origin.publish("mine");
  origin.write("a.policy", "not committed");
  const auto range = read_range(here(), {folder, "v1", "HEAD"}, "");
  CAPTURE(refusal(range));
  REQUIRE(range);
  CHECK(range->was.text == "was");
  CHECK(range->is.text == "is");
  CHECK(range->was.path == "a.policy");
  CHECK(range->was.commit.size() == 40);
  CHECK(range->is.commit != range->was.commit);
  const auto list = read_commit_file(here(), folder, range->was.commit, "list.txt");
  REQUIRE(list);
  CHECK(*list == "x");
  CHECK(!read_commit_file(here(), folder, range->was.commit, "none.txt"));
  CHECK(!read_range(here(), {folder, "v2", "HEAD"}, ""));
  CHECK(!read_range(here(), {folder, "v1", "HEAD"}, "none.policy"));

  origin.git("checkout -q -f main");
  origin.write("a.policy", "moved on");
  origin.publish();
  const auto since = read_range(here(), {folder, "main", "mine", true}, "a.policy");
  REQUIRE(since);
  CHECK(since->was.text == "was");
  CHECK(since->is.text == "is");
}

#endif
