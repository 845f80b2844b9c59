// What `gopol explain` says of the words of a plan.
#include <algorithm>
#include <string>

#include "cli/print/explain_pages.h"
#include "tests/catch.h"

using namespace gopol;

TEST_CASE("every word of plans has a page that begins with it") {
  const auto words = cli::explained_words();
  CHECK(words.size() >= 10);
  for (const std::string& word : words) {
    CAPTURE(word);
    CHECK(!cli::explain_title(word).empty());
    CHECK(cli::asked_code(word).code == word);
  }
}

TEST_CASE("a word of plans is found as people write it") {
  CHECK(cli::asked_code("In Force").code == "in-force");
  CHECK(cli::asked_code("Defeated").code == "defeated");
  CHECK(cli::asked_code("p1007").code == "P1007");
}

TEST_CASE("no page is outside the folder of pages") {
  CHECK(!cli::explain_page("../ci/check"));
  CHECK(!cli::explain_page("words/unknown"));
}
