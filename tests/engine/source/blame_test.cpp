#include "engine/source/blame.h"

#include "engine/source/blame_json.h"
#include "tests/catch.h"

using namespace gopol::engine;
using Texts = std::vector<std::string>;

TEST_CASE("tickets are told from other words with numbers") {
  const std::pair<const char*, Texts> cases[] = {
      {"", {}},
      {"PLAT-12", {"PLAT-12"}},
      {"module paths stay inside, PLAT-7; see PLAT-12 and PLAT-7", {"PLAT-7", "PLAT-12"}},
      {"(SEC-3).", {"SEC-3"}},
      {"A2B-9", {"A2B-9"}},
      {"fixes #42, corp/repo#7", {"#42"}},
      {"#", {}},
      {"#4a", {}},
      {"-", {}},
      {"P-1", {}},
      {"Plat-12", {}},
      {"PLAT-", {}},
      {"PLAT-12b", {}},
      {"PLAT-12-3", {}},
      {"x-PLAT-12", {}},
      {"xPLAT-12", {}},
      {"UTF-8 and SHA-256, CVE-2024-1", {}},
      {"&#42;", {}},
  };
  for (const auto& [text, wanted] : cases) {
    CAPTURE(text);
    CHECK(tickets_in(text) == wanted);
  }
}

TEST_CASE("reviewers stand in the last paragraph of a message") {
  const std::pair<const char*, Texts> cases[] = {
      {"", {}},
      {"Reviewed-by: Bob <b@x>", {}},  // the subject
      {"one\n\nReviewed-by: Bob <b@x>\n", {"Reviewed-by: Bob <b@x>"}},
      {"one\r\n\r\nReviewed-by: Bob <b@x>\r\n\n\n", {"Reviewed-by: Bob <b@x>"}},
      {"one\n\ntext\n\nAcked-by: C <c@x>\nChange-Id: I1\nsigned-off-By: D <d@x>\nAcked-by: C <c@x>",
       {"Acked-by: C <c@x>", "signed-off-By: D <d@x>"}},
      {"one\n\nReviewed-by: Bob <b@x>\n\nmore text", {}},
      {"one\n\nstand-by it\nstand by: it\n-by: x\nReviewed-by:", {}},
  };
  for (const auto& [message, wanted] : cases) {
    CAPTURE(message);
    CHECK(reviewers_in(message) == wanted);
  }
  CHECK(subject_of("\n\n one \n\ntwo") == " one");
  CHECK(subject_of("").empty());
}

TEST_CASE("a line is of one commit, or of none that is known") {
  const Blame blame{{{"a", "Ann", {}, "m"}, {"b", "Bob", {}, "m"}},
                    {{"dev.policy", {{2, 0}, {1, 1}, {1, 9}}}}};
  const auto commit = [&](const char* path, std::uint32_t line) {
    const BlameCommit* found = blame.find(path, line);
    return found != nullptr ? found->commit : "none";
  };
  CHECK(commit("dev.policy", 0) == "none");
  CHECK(commit("dev.policy", 1) == "a");
  CHECK(commit("dev.policy", 2) == "a");
  CHECK(commit("dev.policy", 3) == "b");
  CHECK(commit("dev.policy", 4) == "none");  // of a commit that is not there
  CHECK(commit("dev.policy", 5) == "none");
  CHECK(commit("other.policy", 1) == "none");
}

TEST_CASE("what is no blame is not read as one") {
  for (const char* text : {
           "[]",
           "{}",
           R"({"commits":[],"files":{}})",
           R"({"commits":[1],"files":[]})",
           R"({"commits":[{"commit":"a","author":"b","message":"c"}],"files":[]})",
           R"({"commits":[],"files":[{"path":"a"}]})",
           R"({"commits":[],"files":[{"path":"a","lines":[[1]]}]})",
           R"({"commits":[],"files":[{"path":"a","lines":[[-1,0]]}]})",
           R"({"commits":[],"files":[{"path":"a","lines":[[4294967296,0]]}]})",
       }) {
    CAPTURE(text);
    CHECK(!detail::blame_of(*detail::parse_json(text)));
  }
}
