// git's configuration files, compared with git itself on many made-up texts.
#include <fmt/format.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <random>

#include "providers/git/config_edit.h"
#include "tests/catch.h"
#include "tests/mutations.h"
#include "tests/temp_folder.h"

using namespace gopol;
using namespace gopol::providers::git;

namespace {

struct Ran {
  int status = 0;
  std::string out;
};

Ran run(const std::string& command) {
  std::FILE* pipe = ::popen(command.c_str(), "r");
  REQUIRE(pipe != nullptr);
  Ran out;
  std::array<char, 4096> buffer;
  while (const std::size_t n = std::fread(buffer.data(), 1, buffer.size(), pipe))
    out.out.append(buffer.data(), n);
  out.status = ::pclose(pipe);
  return out;
}

bool has_git() {
  static const bool found = run("git --version 2>/dev/null").status == 0;
  if (!found) std::puts("skipped: no git");
  return found;
}

std::string quoted(const std::string& text) {
  std::string out = "'";
  for (const char c : text) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

/// `git config --list -z`: KEY LF VALUE NUL, without LF and value if there is no `=`.
std::string listed(const std::string& text) {
  std::string out;
  for (const ConfigPart& part : parse_config(text).parts) {
    if (part.type != ConfigPart::Type::entry) continue;
    out += part.name;
    if (part.value) out += "\n" + *part.value;
    out += '\0';
  }
  return out;
}

bool is_broken(const std::string& text) { return parse_config(text).broken_at != 0; }

bool depends_on_git(const std::string& text) {
  for (const ConfigPart& part : parse_config(text).parts) {
    if (part.depends_on_git) return true;
  }
  return false;
}

/// Random files of pieces that a person, a program or nobody would write.
class Texts {
 public:
  explicit Texts(unsigned seed) : random_(seed) {}

  std::string make() {
    std::string out;
    for (std::size_t n = random_() % 9; n > 0; --n) out += pick(lines_) + (maybe(9) ? "" : "\n");
    if (maybe(6) && !out.empty()) out[random_() % out.size()] = pick(bytes_).front();
    return out;
  }
  std::string key() { return pick(keys_); }
  std::string value() { return pick(values_); }
  bool maybe(unsigned one_in) { return random_() % one_in == 0; }

 private:
  std::string pick(const std::vector<std::string>& from) { return from[random_() % from.size()]; }

  std::mt19937 random_;
  // clang-format off
  const std::vector<std::string> lines_{
      "[a]", "[A]", "[a \"b\"]", "[a \"B\"]", "[a.b]", "[ab]", "[a \"b\\\"c\\\\\"]", "  [a]  # x",
      "[a]x=1", "[a] # why", "[b \"a.b\"]", "\t[a  \"b\"] ; y", "\tx = 1", "x=2 # c",
      "  X =  two  words ", "y", "\ty = \"a b \" c;d", "z = a\\", "  b\\\\", "z = \"#no\" # yes",
      "# comment", "; comment", "", "   ", "\r", "x = 3\r", "long-name-1 = \\t\\n\\b\\\"", "x =",
      "x = \"\"", "x = a \"b", "x y", "1x = 1", "x = \\q", "[a", "[a b]", "[a \"b\" ]", "[]",
      "[ \"b\"]", "[.a]", "[a.]", "x = a\tb", "\xef\xbb\xbf[a]"};
  const std::vector<std::string> bytes_{"[", "]", "\"", "\\", "\n", "=", "#", " ", "\t", "\r", "a"};
  const std::vector<std::string> keys_{
      "a.x", "A.X", "a.b.x", "a.B.x", "a.y", "b.a.b.z", "new.key", "new.Sub \"q\\.key", "ab.x",
      "a.b\"c\\.x"};
  const std::vector<std::string> values_{
      "1", "", " a", "a ", "a#b", "a;b", "a\"b", "a\\b", "a\tb", "a\nb", "two  words", "\xc3\xa9"};
  // clang-format on
};

}  // namespace

TEST_CASE("git's configuration is read as git reads it") {
  if (!has_git()) return;
  const unsigned seed = 20260914;
  CAPTURE(seed);
  Texts texts(seed);
  const tests::TempFolder temp;
  const int times = tests::mutations(300);
  for (int round = 0; round < times; ++round) {
    const std::string text = texts.make();
    CAPTURE(round, text);
    const std::string file = temp.write("config", text).text;
    const Ran git = run("git config --file " + quoted(file) + " --list -z 2>/dev/null");
    CHECK((git.status != 0) == is_broken(text));
    if (git.status == 0 && !depends_on_git(text)) CHECK(git.out == listed(text));
  }
}

TEST_CASE("git's configuration is changed as git changes it") {
  if (!has_git()) return;
  const unsigned seed = 20260915;
  CAPTURE(seed);
  Texts texts(seed);
  const tests::TempFolder temp;
  const int times = tests::mutations(300);
  for (int round = 0; round < times; ++round) {
    const std::string text = texts.make(), key = texts.key(), value = texts.value();
    const bool unset = texts.maybe(2);
    CAPTURE(round, text, key, value, unset);
    const std::string file = temp.write("config", text).text;
    const Ran git =
        run("git config --file " + quoted(file) +
            (unset ? " --unset " + quoted(key) : " " + quoted(key) + " " + quoted(value)) +
            " 2>/dev/null");
    const auto parsed = parse_config_key(key);
    REQUIRE(parsed);
    const auto edited = edit_config(text, *parsed, unset ? std::nullopt : std::optional(value));
    if (git.status != 0) {
      if (!edited) continue;
      CHECK(unset);  // git complains about what is not there
      CHECK(*edited == text);
      continue;
    }
    // Behind a last line that goes on, and behind `[a.b]` for `a.B.x`, git loses what it writes.
    const Ran kept =
        run("git config --file " + quoted(file) + " -z --get-all " + quoted(key) + " 2>/dev/null");
    const bool took = unset ? kept.status != 0 : kept.out == value + '\0';
    if (!took) continue;
    REQUIRE(edited);
    CHECK(*edited == temp.read("config"));
  }
}

TEST_CASE("keys of git are what git takes for one") {
  CHECK(parse_config_key("URL.https://A.example/.insteadOf")->canonical() ==
        "url.https://A.example/.insteadof");
  CHECK(parse_config_key("core.autoCRLF")->canonical() == "core.autocrlf");
  CHECK(parse_config_key("a..b")->canonical() == "a..b");
  for (const char* key : {"", "core", ".x", "a.", "a.1b", "a_b.c", "a.b_c", "a.x\n.y", "a b.c"}) {
    CAPTURE(key);
    CHECK(!parse_config_key(key));
    if (has_git() && *key != '\0')
      CHECK(run("git config --file /dev/null --get " + quoted(key) + " 2>/dev/null").status != 0);
  }
}

TEST_CASE("a value whose blanks git's versions read differently is marked") {
  CHECK(depends_on_git("[a]\nx = a\tb"));
  CHECK(!depends_on_git("[a]\nx = \"a\tb\"\t\ny = a b\t# c"));
}

TEST_CASE("a broken file names its line, and several lines are not chosen from") {
  CHECK(parse_config("[a]\nx = 1\ny = \"").broken_at == 3);
  CHECK(parse_config(std::string("[a]\nx = \0", 9)).broken_at != 0);
  const auto key = *parse_config_key("a.x");
  const auto many = edit_config("[a]\nx = 1\nx = 2\n", key, "3");
  REQUIRE(!many);
  CHECK(many.error().front().message.text() == "2 lines set `a.x`");
  CHECK(!edit_config("[a\n", key, "3"));
  CHECK(!edit_config("[b]\ny = 1\\", key, "3"));
}

TEST_CASE("the dotted form of a section is another one if the case differs") {
  const auto edited = edit_config("[url.a]\nx = 1\n", *parse_config_key("url.A.x"), "2");
  REQUIRE(edited);
  CHECK(*edited == "[url.a]\nx = 1\n[url \"A\"]\n\tx = 2\n");
}
