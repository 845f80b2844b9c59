#include "dsl/value/shared_list.h"

#include <string>
#include <vector>

#include "tests/catch.h"

namespace {

using gopol::dsl::SharedList;

std::vector<std::string> items(const SharedList<std::string>& few) {
  return std::vector<std::string>(few);
}

}  // namespace

TEST_CASE("a list of few is a vector of one word") {
  static_assert(sizeof(SharedList<std::string>) == sizeof(void*));
  SharedList<std::string> few;
  CHECK(few.empty());
  for (int i = 0; i < 20; ++i) few.push_back("item " + std::to_string(i));
  REQUIRE(few.size() == 20);
  CHECK(few.front() == "item 0");
  CHECK(few[7] == "item 7");
  CHECK(few.back() == "item 19");
  few.pop_back();
  CHECK(few.back() == "item 18");
  few.clear();
  CHECK(few == SharedList<std::string>());
}

TEST_CASE("a copy of a list of few never sees a change") {
  SharedList<std::string> first{"a", "b"};
  SharedList<std::string> second = first;
  CHECK(first.begin() == second.begin());  // shared until then
  SECTION("at its end") { second.push_back("c"); }
  SECTION("in its middle") { second.edit()[0] = "z"; }
  SECTION("less one") { second.pop_back(); }
  SECTION("all of it") { second.clear(); }
  SECTION("by assignment") { second = SharedList<std::string>{"other"}; }
  CHECK(items(first) == std::vector<std::string>{"a", "b"});
  CHECK_FALSE(second == first);
}

TEST_CASE("a list of few takes and gives vectors") {
  const std::vector<std::string> words{"one", "two", "three"};
  const SharedList<std::string> few(words);
  CHECK(items(few) == words);
  CHECK(few == SharedList<std::string>(words));
  CHECK_FALSE(few == SharedList<std::string>{"one", "two"});
  const SharedList<std::string> moved = [&] {
    SharedList<std::string> source(words);
    SharedList<std::string> target(std::move(source));
    return target;
  }();
  CHECK(items(moved) == words);
}

TEST_CASE("a list of few may hold lists of its own kind") {
  struct Branch {
    SharedList<Branch> parts;
    int leaf = 0;
  };
  Branch root;
  root.parts.push_back({{}, 1});
  Branch copy = root;
  copy.parts.edit()[0].parts.push_back({{}, 2});
  CHECK(root.parts[0].parts.empty());
  CHECK(copy.parts[0].parts[0].leaf == 2);
}
