#include "engine/encoding/repository_address.h"

#include <iterator>
#include <string>
#include <vector>

#include "tests/catch.h"

using gopol::engine::canonical_path;
using gopol::engine::canonical_repository;

namespace {

/// Each line is one repository, however it is spelled; no two lines are the same one.
const std::vector<std::vector<std::string>> spellings = {
    {"https://git.example/team/policies",
     "https://git.example/team/policies.git",
     "https://git.example/team/policies/",
     "https://git.example/team/policies.git/",
     "https://GIT.Example/team/policies",
     "HTTPS://git.example/team/policies",
     "https://git.example:443/team/policies",
     "https://git.example:0443/team/policies",
     "https://git.example./team/policies",
     "https://joe@git.example/team/policies",
     "https://joe:p%40w@git.example/team/policies",
     "http://git.example/team/policies",
     "http://git.example:80/team/policies",
     "git://git.example:9418/team/policies",
     "ssh://git@git.example/team/policies",
     "ssh://git@git.example:22/team/policies",
     "git@git.example:team/policies",
     "git@git.example:/team/policies.git",
     "https://git.example//team/./policies",
     "https://git.example/x/../team/policies",
     "https://git.example/team/polic%69es",
     "https://git.example/team/policies?x=1",
     "https://git.example/team/policies#x"},
    {"https://git.example/team/Policies"},
    {"https://git.example/team"},
    {"https://git.example:8443/team/policies", "http://git.example:8443/team/policies"},
    {"https://git.example.org/team/policies"},
    {"https://[::1]/team", "https://[::1]:443/team", "http://[::1]:80/team"},
    {"https://[::1]:8443/team"},
    {"/srv/team", "/srv/team/", "/srv//team", "/srv/./team", "/srv/x/../team", "/srv/team/.git",
     "/srv/team/.git/", "file:///srv/team", "file:///srv/team/", "file:///srv/te%61m",
     "FILE:///srv/team"},
    {"/srv/team.git", "file:///srv/team.git/"},
    {"/srv/te%61m"},
    {"joe@/srv/team:policies"},
};

}  // namespace

TEST_CASE("a repository is the same however its address is spelled") {
  std::vector<std::string> seen;
  for (const auto& line : spellings) {
    const std::string canonical = canonical_repository(line.front());
    for (const std::string& other : line) {
      CAPTURE(other);
      CHECK(canonical_repository(other) == canonical);
    }
    if (canonical.starts_with('/')) CHECK(canonical_repository(canonical) == canonical);
    for (const std::string& before : seen) CHECK(before != canonical);
    seen.push_back(canonical);
  }
}

TEST_CASE("a path in a repository is the same however it is spelled") {
  for (const char* path :
       {"a/dev.policy", "./a/dev.policy", "a//dev.policy", "a/x/../dev.policy", "/a/dev.policy"}) {
    CHECK(canonical_path(path) == "a/dev.policy");
  }
  CHECK(canonical_path("").empty());
  CHECK(canonical_path("./").empty());
}
