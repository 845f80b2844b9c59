#include <nlohmann/json.hpp>

#include "providers/macho/code_signature.h"
#include "providers/tcc/requirement_blob.h"
#include "providers/tcc/requirement_match.h"
#include "providers/tcc/requirement_text.h"
#include "tests/catch.h"
#include "tests/table.h"

using namespace gopol::tests;
using namespace gopol::providers::tcc;
namespace macho = gopol::providers::macho;

namespace {

std::string raw(std::string_view digits) {
  std::string out;
  for (std::size_t i = 0; i + 1 < digits.size(); i += 2)
    out += static_cast<char>(std::stoi(std::string(digits.substr(i, 2)), nullptr, 16));
  return out;
}

const std::string terminal_bytes =
    raw("fade0c000000003000000001000000060000000200000012636f6d2e6170706c652e5465726d696e616c"
        "000000000003");

/// Code with this identifier, signed by nobody.
Program adhoc(const std::string& identifier, const std::string& cdhash) {
  return {{{macho::cpu_arm64, CodeIdentity{identifier, "", cdhash, 0x20002, false}}}, false};
}

Program signed_by(const std::string& identifier, const std::string& team) {
  return {{{macho::cpu_arm64, CodeIdentity{identifier, team, std::string(40, '0'), 0x10000, true}}},
          false};
}

Verdict judge(std::string_view text, const Program& program) {
  const auto requirement = parse_requirement(text);
  REQUIRE(requirement);
  return match(*requirement, program);
}

constexpr const char* vs_code =
    "identifier \"com.microsoft.VSCode\" and anchor apple generic and "
    "certificate leaf[field.1.2.840.113635.100.6.1.13] /* exists */ and "
    "certificate leaf[subject.OU] = UBF8T346G9";

}  // namespace

TEST_CASE("every requirement blob prints the text that codesign prints") {
  const auto rows = truth_csv("tcc/csreq-vectors.csv");
  for (std::size_t i = 1; i < rows.size(); ++i) {
    CAPTURE(rows[i][0]);
    const auto decoded = decode_requirement(raw(rows[i][2]));
    REQUIRE(decoded);
    CHECK(to_text(*decoded) == rows[i][3]);
    const auto parsed = parse_requirement(rows[i][3]);
    REQUIRE(parsed);
    CHECK(to_text(*parsed) == rows[i][3]);
  }
}

TEST_CASE("a requirement that is cut or changed anywhere is refused or read, no more") {
  CHECK(!decode_requirement(""));
  for (std::size_t size = 0; size < terminal_bytes.size(); ++size) {
    CHECK(!decode_requirement(terminal_bytes.substr(0, size)));
    for (const char byte : {'\0', '\xff', '\x06'}) {
      std::string changed = terminal_bytes;
      changed[size] = byte;
      if (const auto read = decode_requirement(changed)) (void)to_text(*read);
    }
  }
}

TEST_CASE(
    "a requirement too deep, of the newer form or of an unknown operation is not understood") {
  std::string deep;
  for (int i = 0; i < 4000; ++i) deep += raw("00000009");
  const auto blob = [](const std::string& kind, const std::string& code) {
    const auto size = static_cast<unsigned char>(12 + code.size());
    return raw("fade0c00000000") + static_cast<char>(size) + raw(kind) + code;
  };
  CHECK(decode_requirement(blob("00000001", raw("00000001"))));
  CHECK(!decode_requirement(blob("00000002", raw("00000001"))));
  CHECK(!decode_requirement(blob("00000001", raw("80000063"))));
  std::string size = raw("fade0c0000003e8c00000001");
  CHECK(!decode_requirement(size + deep));
  CHECK(!parse_requirement(std::string(4000, '(') + "always"));
  for (const char* text : {"", "and", "identifier", "identifier \"a", "cdhash H\"abc\"", "always)"})
    CHECK(!parse_requirement(text));
}

TEST_CASE("code signatures say what they claim") {
  const std::string folder = truth_path("tcc/codesig");
  if (folder.empty()) return;
  const auto expected = nlohmann::json::parse(read_file(folder + "/expected.json"));
  for (const auto& [name, want] : expected.items()) {
    CAPTURE(name);
    const std::string bytes = read_file(folder + "/" + name);
    std::optional<CodeIdentity> found;
    if (name.ends_with(".bin")) {
      found = read_signature(bytes, bytes.max_size());
    } else {
      const auto slices = code_slices(macho::content_of(bytes));
      REQUIRE(slices.size() == 1);
      found = slices.front().signature;
    }
    REQUIRE(found.has_value() == want["signed"].get<bool>());
    if (!found) continue;
    CHECK(found->identifier == want["identifier"].get<std::string>());
    CHECK(found->team == (want["team"].is_null() ? "" : want["team"].get<std::string>()));
    CHECK(found->cdhash == want["cdhash"].get<std::string>());
    CHECK(found->has_certificate != want["adhoc"].get<bool>());
  }
}

TEST_CASE("a signature that is cut or changed anywhere is refused or read, no more") {
  const std::string folder = truth_path("tcc/codesig");
  if (folder.empty()) return;
  const std::string whole = read_file(folder + "/go1.19.8-darwin-arm64-superblob.bin");
  for (std::size_t at = 0; at < 200; ++at) {
    CHECK(!read_signature(whole.substr(0, at), whole.max_size()));
    for (const char byte : {'\0', '\xff', '\x7f'}) {
      std::string changed = whole;
      changed[at] = byte;
      (void)read_signature(changed, changed.max_size());
    }
  }
}

TEST_CASE("an ad-hoc program is decided by its hash and its name") {
  const std::string hash = "67fbd80629081eb31b5247863dd3eeaa076cb804";
  const std::string other = "0ee9d00e090cbcd27525f3195ad14895241acf17";
  const std::string asked = "cdhash H\"" + hash + "\"";
  CHECK(judge(asked, adhoc("a.out", hash)) == Verdict::yes);
  CHECK(judge(asked, adhoc("a.out", other)) == Verdict::no);
  CHECK(judge(asked + " or cdhash H\"" + other + "\"", adhoc("a.out", other)) == Verdict::yes);
  CHECK(judge("identifier \"a.out\"", adhoc("a.out", hash)) == Verdict::yes);
  CHECK(judge("! identifier \"a.out\"", adhoc("a.out", hash)) == Verdict::no);
  CHECK(judge(vs_code, adhoc("com.microsoft.VSCode", hash)) == Verdict::no);
  CHECK(judge("anchor apple generic", adhoc("a.out", hash)) == Verdict::no);
  CHECK(judge("notarized", adhoc("a.out", hash)) == Verdict::undecided);
}

TEST_CASE("a certificate that is only claimed decides nothing, another team does") {
  CHECK(judge(vs_code, signed_by("com.microsoft.VSCode", "UBF8T346G9")) == Verdict::undecided);
  CHECK(judge(vs_code, signed_by("com.microsoft.VSCode", "2ZEFAR8TH3")) == Verdict::no);
  CHECK(judge(vs_code, signed_by("com.microsoft.Code", "UBF8T346G9")) == Verdict::no);
}

TEST_CASE("Apple's programs are those on the system volume") {
  Program mine = signed_by("com.apple.Terminal", "");
  CHECK(match(*decode_requirement(terminal_bytes), mine) == Verdict::undecided);
  mine.from_apple = true;
  CHECK(match(*decode_requirement(terminal_bytes), mine) == Verdict::yes);
}

TEST_CASE("all slices of a program must agree") {
  Program both = adhoc("a", "");
  both.slices.push_back(adhoc("b", "").slices.front());
  CHECK(judge("identifier \"a\"", both) == Verdict::undecided);
  CHECK(judge("identifier \"c\"", both) == Verdict::no);
  CHECK(judge("always", Program{}) == Verdict::undecided);
  CHECK(judge("always", {{Slice{macho::cpu_x86_64, {}}}, false}) == Verdict::undecided);
}
