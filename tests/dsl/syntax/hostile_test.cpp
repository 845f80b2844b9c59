#include <string>

#include "dsl/syntax/lex.h"
#include "dsl/syntax/parse.h"
#include "dsl/syntax/recovery.h"
#include "tests/catch.h"
#include "tests/dsl/syntax/outline.h"

using namespace gopol;

namespace {

std::string repeat(const std::string& part, std::size_t times) {
  std::string out;
  out.reserve(part.size() * times);
  for (std::size_t i = 0; i < times; ++i) out += part;
  return out;
}

struct Parsed {
  dsl::SourceMap sources;
  dsl::Diagnostics problems;
  dsl::Tree tree;
  explicit Parsed(const std::string& text) {
    tree = dsl::parse(sources.add("h.policy", text), sources, problems);
  }
};

const std::string head = "gopol 1.0\n";

}  // namespace

TEST_CASE("hostile texts end soon, with few errors and a whole tree") {
  const std::string texts[] = {
      head + repeat("{", 1'000'000),
      head + repeat("}", 1'000'000),
      head + "let a = " + repeat("[", 10'000) + repeat("]", 10'000),
      head + "let a = " + repeat("(", 100'000),
      head + "enforce a { when " + repeat("not ", 100'000) + "b }",
      head + "enforce a {" + repeat("b {", 100'000),
      head + "enforce a { b { c = " + repeat("d[", 100'000),
      head + "profile p {" + repeat("enforce a {\n", 100'000),
      head + "let a = \"" + repeat("x", 10'000'000) + "\"",
      head + "let a = " + repeat("1.", 1'000'000),
      head + repeat("\"${a", 200'000),
      head + repeat("`\n", 100'001),
      head + repeat("'", 500'000),
      repeat("\xff", 500'000),
      repeat("gopol ", 200'000),
  };
  for (const std::string& text : texts) {
    CAPTURE(text.substr(0, 60));
    const Parsed parsed(text);
    CHECK(parsed.problems.size() <= 24);
    CHECK(parsed.tree.offsets.back() == text.size());
    CHECK(parsed.tree.nodes[0].size == parsed.tree.nodes.size());
  }
}

TEST_CASE("200 levels are read, 201 are P1008") {
  for (const auto& [open, close] :
       {std::pair<std::string, std::string>{"[", "]"}, {"(", ")"}, {"not ", ""}}) {
    const std::string most = head + "assume " + repeat(open, 200) + "a" + repeat(close, 200) + "\n";
    CAPTURE(open);
    CHECK(Parsed(most).problems.empty());
    const Parsed over(head + "assume " + repeat(open, 201) + "a" + repeat(close, 201) +
                      "\nlet b = 1\n");
    REQUIRE(over.problems.size() == 1);
    CHECK(over.problems[0].code == "P1008");
  }
}

TEST_CASE("recovery looks at each token a bounded number of times") {
  for (const std::string part :
       {"{ ", "} ", "a { b ", "enforce x {\n", "[ ( ", "because \n", "= }\n"}) {
    CAPTURE(part);
    const std::string text = repeat(part, 20'000);
    dsl::Tree tree;
    tree.text = text;
    dsl::detail::Significant tokens;
    dsl::detail::lex(tree, tokens);
    for (const auto block :
         {dsl::detail::Block::file, dsl::detail::Block::profile, dsl::detail::Block::rule}) {
      const dsl::detail::Landmarks landmarks(tree, tokens);
      for (std::uint32_t at = 0; at < landmarks.size();) {
        const std::uint32_t next = landmarks.resume(at, at, false, block);
        REQUIRE(next > at);
        at = next;
      }
      CHECK(landmarks.visited <= 2ULL * landmarks.size());
    }
  }
}

TEST_CASE("a tree takes at most six bytes a byte of ordinary policy") {
  std::string text = head;
  for (int i = 0; i < 1000; ++i) {
    text += "enforce rule_" + std::to_string(i) +
            " {\n  because \"what the release builds use, PLAT-" + std::to_string(i) +
            "\"\n  when    os.family == macos and os.version in 14 ..< 16\n  go.toolchain "
            "\"default\" { version = 1.22.2  "
            "arch = arm64 }\n}\n";
  }
  const Parsed parsed(text);
  CHECK(parsed.problems.empty());
  const std::size_t bytes =
      parsed.tree.kinds.size() * (sizeof(dsl::TokenKind) + sizeof(std::uint32_t)) +
      parsed.tree.nodes.size() * sizeof(dsl::Node);
  CHECK(bytes <= 6 * text.size());
}

TEST_CASE("characters that people do not see are refused wherever they stand, with a fix") {
  const struct {
    const char *text, *fix;
  } cases[] = {
      {"let a = \"x\xe2\x80\xaey\"\n", "\\u{202E}"},
      {"let a = \"x\x1by\"\n", "\\u{1B}"},
      {"let a = `\\\xc2\x9b`\n", "\"\\\\\\u{9B}\""},
      {"# a \xe2\x80\xae comment\n", ""},
      {"let a\xe2\x80\x8b = 1\n", ""},
      {"let a = 1 \xef\xbb\xbf\n", ""},
      {"let a = 1\rlet b = 2\n", "\n"},
      {"# \xf3\xa0\x81\x81\n", ""},
  };
  for (const auto& one : cases) {
    CAPTURE(one.text);
    const Parsed parsed(head + one.text);
    REQUIRE(!parsed.problems.empty());
    CHECK(parsed.problems[0].code == "P1010");
    REQUIRE(!parsed.problems[0].fixes.empty());
    CHECK(parsed.problems[0].fixes[0].edits[0].text == one.fix);
  }
  for (const char* fine : {"let a = \"\\u{202E}\"\n", "let a = 1\r\n", "let a = \"漢 é\"\t# ü\n"}) {
    CAPTURE(fine);
    CHECK(Parsed(head + fine).problems.empty());
  }
  for (const char* bad :
       {"let a = \"\\u{0}\"\n", "let a = \"\\u{D800}\"\n", "let a = \"\\u202E\"\n"}) {
    CAPTURE(bad);
    REQUIRE(!Parsed(head + bad).problems.empty());
    CHECK(Parsed(head + bad).problems[0].code == "P1005");
  }
}

TEST_CASE("However much is wrong with a file, twenty errors are told, hidden characters first",
          "[syntax]") {
  std::string text = "gopol 1.0\n";
  for (int i = 0; i < 30; ++i) text += "let = 1\nlet a = \"\xe2\x80\xae\"\n";
  const Parsed parsed(text);
  REQUIRE(parsed.problems.size() == 21);  // and a note that there are more
  CHECK(parsed.problems[0].code == "P1010");
  CHECK(parsed.problems[19].fixes.size() == 11);
  CHECK(parsed.problems[20].severity == dsl::Severity::note);
}
