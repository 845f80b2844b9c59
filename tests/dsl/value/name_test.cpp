#include "dsl/value/name.h"

#include <fmt/format.h>

#include <set>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "tests/catch.h"

namespace {

using gopol::dsl::Name;

}  // namespace

TEST_CASE("names of one text are one") {
  const std::string text = "go.toolchain";
  const Name a(text), b(std::string_view("go.toolchain")), c("go.env");
  CHECK(a == b);
  CHECK(&a.text() == &b.text());
  CHECK_FALSE(a == c);
  CHECK(a == "go.toolchain");
  CHECK(a == text);
  CHECK(a != std::string_view("go.env"));
}

TEST_CASE("names are ordered by byte, whenever they came") {
  const Name later("zebra"), earlier("ant"), capital("Zoo");
  CHECK(std::set<Name>{later, earlier, capital} == std::set<Name>{capital, earlier, later});
  CHECK(capital < earlier);
  CHECK(earlier < later);
  CHECK((later <=> Name("zebra")) == std::strong_ordering::equal);
}

TEST_CASE("no name is the empty one") {
  CHECK(Name().empty());
  CHECK(Name() == Name(""));
  CHECK(Name().text().empty());
}

TEST_CASE("names stay where they are, however many come") {
  const Name first("the first of many");
  const std::string* const place = &first.text();
  for (int i = 0; i < 5000; ++i) CHECK(Name("name " + std::to_string(i)).size() >= 6);
  CHECK(&Name("the first of many").text() == place);
  CHECK(Name("name 4711") == "name 4711");
}

TEST_CASE("names may come from several threads") {
  std::vector<std::vector<Name>> seen(4);
  std::vector<std::thread> threads;
  for (auto& mine : seen) {
    threads.emplace_back([&mine] {
      for (int i = 0; i < 1000; ++i) mine.emplace_back("shared " + std::to_string(i));
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const auto& other : seen) CHECK(other == seen.front());
}

TEST_CASE("a name joins and prints like its text") {
  const Name name("go.env");
  CHECK(name + ".GOPROXY" == "go.env.GOPROXY");
  CHECK("a " + name == "a go.env");
  CHECK(fmt::format("{:>8}", name) == "  go.env");
}
