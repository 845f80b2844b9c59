#include "dsl/syntax/slot.h"

#include <random>
#include <string>
#include <vector>

#include "tests/catch.h"
#include "tests/mutations.h"

namespace {

using gopol::dsl::AttributeSchema;
using gopol::dsl::parse_slot;
using gopol::dsl::Schema;
using gopol::dsl::Schemas;
using gopol::dsl::Slot;
using gopol::dsl::to_text;
using gopol::dsl::Type;

AttributeSchema slot_attribute(const char* name, bool indexed = false) {
  AttributeSchema out;
  out.name = name;
  out.indexed = indexed;
  return out;
}

/// One family of each shape; two of them begin alike.
Schemas slot_schemas() {
  Schema plain, inner, keyed, open;
  plain.family = "go";
  plain.attributes = {slot_attribute("env"), slot_attribute("when")};
  inner.family = "go.env";
  inner.attributes = {slot_attribute("GOPROXY"), slot_attribute("reaches", true)};
  keyed.family = "mode.file";
  keyed.key = Type{};
  keyed.existence = true;
  keyed.attributes = {slot_attribute("mode"), slot_attribute("lines", true)};
  open.family = "shell.profile";
  open.any_attribute = slot_attribute("name");
  return {{plain, inner, keyed, open}};
}

/// A text that a policy may hold, made mostly of what a grammar could stumble over.
std::string hard_text(std::mt19937& random) {
  static const std::vector<std::string> pieces = {"\"",       "\\",
                                                  "[",        "]",
                                                  "\"]",      "[\"",
                                                  "\n",       "\t",
                                                  "$",        "${",
                                                  "}",        "#",
                                                  "`",        "'",
                                                  "ab",       ".",
                                                  "9",        " ",
                                                  "\xc3\xa9", "//",
                                                  "\\n",      "${user.home}",
                                                  "a",        "=",
                                                  "{",        ",",
                                                  "~",        "/x",
                                                  ";",        "\xf0\x9f\x90\xb9"};
  std::string out;
  for (unsigned left = 1 + static_cast<unsigned>(random() % 9); left > 0; --left)
    out += pieces[random() % pieces.size()];
  return out;
}

Slot random_slot(std::mt19937& random) {
  switch (random() % 6) {
    case 0: return {"go", "", random() % 2 == 0 ? "env" : "when", ""};
    case 1: return {"go.env", "", "GOPROXY", ""};
    case 2: return {"go.env", "", "reaches", hard_text(random)};
    case 3: return {"mode.file", hard_text(random), random() % 2 == 0 ? "mode" : "exists", ""};
    case 4: return {"mode.file", hard_text(random), "lines", hard_text(random)};
    default: return {"shell.profile", "", random() % 2 == 0 ? "PATH" : "enforce", ""};
  }
}

std::string message_of(std::string_view text) {
  const auto slot = parse_slot(text, slot_schemas());
  return slot ? "read as " + to_text(*slot) : slot.error().front().message.text();
}

}  // namespace

TEST_CASE("what a slot prints reads back as the slot") {
  const unsigned seed = 20240917;
  CAPTURE(seed);
  std::mt19937 random(seed);
  const Schemas schemas = slot_schemas();
  for (int round = gopol::tests::mutations(4000); round > 0; --round) {
    const Slot slot = random_slot(random);
    const std::string text = to_text(slot);
    const auto back = parse_slot(text, schemas);
    INFO(text);
    REQUIRE(static_cast<bool>(back));
    REQUIRE(*back == slot);
  }
}

TEST_CASE("a slot escapes its texts") {
  CHECK(to_text(Slot{"file", "/tmp/h-a\"b", "mode", ""}) == "file[\"/tmp/h-a\\\"b\"].mode");
  CHECK(to_text(Slot{"file", "a\nb", "mode", "$x\\"}) == "file[\"a\\nb\"].mode[\"\\$x\\\\\"]");
}

TEST_CASE("a slot may stand with a raw text, not with blanks or interpolation") {
  CHECK(message_of("mode.file[`a\"b`].mode") == "read as mode.file[\"a\\\"b\"].mode");
  CHECK(message_of("mode.file[\"${user.home}\"].mode") ==
        "no fact `mode.file[\"${user.home}\"].mode`");
  CHECK(message_of("go.env .GOPROXY") == "no fact `go.env .GOPROXY`");
  CHECK(message_of("go.env.GOPROXY # x") == "no fact `go.env.GOPROXY # x`");
}

TEST_CASE("what is not a slot is told") {
  CHECK(message_of("") == "no fact ``");
  CHECK(message_of("shell.profile") == "no fact `shell.profile`");
  CHECK(message_of("mode.file.mode") == "`mode.file` needs a key: mode.file[\"...\"]");
  CHECK(message_of("mode.file[\"a\"b\"].mode") == "no fact `mode.file[\"a\"b\"].mode`");
  CHECK(message_of("go.env.reaches") == "`go.env.reaches` needs an index: go.env.reaches[\"...\"]");
  CHECK(message_of("go.env.GOPROXY.x") == "no fact `go.env.GOPROXY.x`");
  CHECK(message_of("go.env.GOPROXY[\"x\"]") == "no fact `go.env.GOPROXY[\"x\"]`");
  const auto near = parse_slot("go.env.GOPROXI", slot_schemas());
  REQUIRE_FALSE(static_cast<bool>(near));
  CHECK(near.error().front().code == "P2001");
  CHECK(near.error().front().help.text() == "did you mean `go.env.GOPROXY`?");
}
