#include "dsl/value/harmless.h"

#include <random>

#include "cli/terminal/door.h"
#include "dsl/value/ink.h"
#include "dsl/value/utf8.h"
#include "tests/catch.h"

using namespace gopol;

TEST_CASE("deceptive characters are those of the language, to the edge") {
  const char32_t deceptive[] = {0x0,    0x1,    0x8,    0xb,     0xd,     0x1b,   0x1f,   0x7f,
                                0x80,   0x9b,   0x9f,   0xad,    0x61c,   0x200b, 0x200c, 0x200d,
                                0x200e, 0x200f, 0x2028, 0x2029,  0x202a,  0x202e, 0x2060, 0x2064,
                                0x2066, 0x2069, 0xfeff, 0xe0000, 0xe0041, 0xe007f};
  for (const char32_t point : deceptive) {
    CAPTURE(static_cast<unsigned>(point));
    CHECK(dsl::is_deceptive(point));
  }
  const char32_t plain[] = {'\t',   '\n',   ' ',    '~',     0xa0,    0xac,   0xae,   0x61b,
                            0x61d,  0x200a, 0x2010, 0x2027,  0x202f,  0x205f, 0x2065, 0x206a,
                            0x6f22, 0xfefe, 0xff00, 0xdffff, 0xe0080, 0x1f642};
  for (const char32_t point : plain) {
    CAPTURE(static_cast<unsigned>(point));
    CHECK_FALSE(dsl::is_deceptive(point));
  }
}

TEST_CASE("what is printed is UTF-8 without a deceptive character, whatever goes in") {
  std::mt19937 random(20240501);
  const std::string pieces[] = {"\x1b[31m",
                                "\x9b",
                                "\xc2\x9b",
                                "\xe2\x80\xae",
                                "\xe2\x80\x8b",
                                "\xef\xbb\xbf",
                                "\xf3\xa0\x81\x81",
                                "a",
                                "\n",
                                "\xff",
                                "\xed\xa0\x80",
                                "漢",
                                "\"",
                                "\\",
                                "{",
                                "}",
                                "\x0e",
                                "\x0f",
                                std::string(1, '\0')};
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    for (auto i = random() % 12; i > 0; --i) text += pieces[random() % std::size(pieces)];
    CAPTURE(round, text);
    for (const std::string& out : {dsl::harmless(text), cli::fit_to_print(text, "…"),
                                   cli::json_fit_to_print("{\"a\": \"" + text + "\"}\n", "…")}) {
      CHECK(dsl::is_utf8(out));
      CHECK(dsl::first_deceptive(out) == out.size());
    }
    CHECK(dsl::harmless_line(text).find('\n') == std::string::npos);
  }
}

TEST_CASE("only our own colours reach a terminal") {
  CHECK(dsl::harmless_with_ink(dsl::inked("ok \x1b[32m", "31")) == "\x1b[31mok \\u{1B}[32m\x1b[0m");
  CHECK(dsl::harmless("\xe2\x80\xae \xf3\xa0\x81\x81 \xff") == "\\u{202E} \\u{E0041} \\xFF");
  CHECK(dsl::harmless_line("a\tb\nc") == "a\\tb\\nc");
}

TEST_CASE("an escape names a character, with one to six digits") {
  CHECK(dsl::parse_unicode_escape("u{202E} x")->point == 0x202e);
  CHECK(dsl::parse_unicode_escape("u{10ffff}")->length == 9);
  for (const char* bad :
       {"u", "u{", "u{}", "u{0}", "u{D800}", "u{110000}", "u{0000041}", "u{41", "u{g}"}) {
    CAPTURE(bad);
    CHECK_FALSE(dsl::parse_unicode_escape(bad));
  }
}

TEST_CASE("a document of JSON keeps its meaning at the door") {
  CHECK(cli::json_fit_to_print(R"({"a": "x\n\"y\" \u001b é", "n": 1})", "…") ==
        "{\"a\": \"x\\n\\\"y\\\" \\u001b é\", \"n\": 1}");
  CHECK(cli::json_fit_to_print("{\"a\": \"\xe2\x80\xae\xf3\xa0\x81\x81\"}", "…") ==
        R"({"a": "\u202e\udb40\udc41"})");
  CHECK(cli::json_fit_to_print(R"({"u": "https://joe:p\\w@host/?token=x"})", "…") ==
        R"({"u": "https://…@host/?token=…"})");
}

TEST_CASE("letters without ink are printed as what they are") {
  for (const char32_t point : {U'\u034f', U'\u115f', U'\u180e', U'\u206a', U'\u3164', U'\uffa0',
                               U'\U0001d173', U'\U000e0100'}) {
    CAPTURE(static_cast<unsigned>(point));
    CHECK(dsl::harmless("a" + dsl::utf8_of(point) + "b") == "a" + dsl::unicode_escape(point) + "b");
  }
  CHECK(dsl::harmless("\u26a0\ufe0f \U0001f3fd 한") == "\u26a0\ufe0f \U0001f3fd 한");
}

TEST_CASE("JSON that is handed on says the same and shows it") {
  CHECK(dsl::harmless_json("[\"a\u202e\", \"\u0085\U000e0041\"]") ==
        "[\"a\\u202e\", \"\\u0085\\udb40\\udc41\"]");
  CHECK(dsl::harmless_json("[\n\t\"漢\"]") == "[\n\t\"漢\"]");
  CHECK(dsl::harmless_json("").empty());
}
