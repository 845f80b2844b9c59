#include "providers/read/plist_text.h"

#include "providers/read/plist_tree.h"
#include "tests/catch.h"
#include "tests/table.h"

using namespace gopol::tests;
using gopol::providers::parse_plist;
using gopol::providers::plist_string;
using gopol::providers::plist_strings;
using Texts = std::vector<std::string>;

namespace {

/// {"Name": "a", "Long": "0123456789abcdef", "Names": ["b", "c"], "None": [], "Wide": "ä", "Day":
/// date}
const std::string binary = read_file(GOPOL_SOURCE_DIR "/tests/data/plist/small.plist");

}  // namespace

TEST_CASE("texts and lists of texts are read from a binary property list") {
  CHECK(plist_string(binary, "Name") == "a");
  CHECK(plist_string(binary, "Long") == "0123456789abcdef");
  CHECK(plist_strings(binary, "Names") == Texts{"b", "c"});
  CHECK(plist_strings(binary, "None") == Texts{});
  CHECK(plist_string(binary, "Wide") == "?");
  CHECK(!plist_strings(binary, "Day"));
  CHECK(!plist_strings(binary, "Nothing"));
}

TEST_CASE("a binary property list that is cut or changed anywhere is refused or read, no more") {
  for (std::size_t size = 0; size < binary.size(); ++size) {
    CHECK(!plist_strings(binary.substr(0, size), "Nothing"));
    for (const char byte : {'\0', '\xff', '\x7f'}) {
      std::string changed = binary;
      changed[size] = byte;
      (void)plist_strings(changed, "Names");
      (void)plist_strings(changed, "Wide");
    }
  }
}

TEST_CASE("the same is read from an XML property list") {
  constexpr const char* xml =
      "<plist><dict><key>Name</key>\n\t<string>a &amp; b</string><key>Names</key>\n<array>\n"
      "<string>b</string>\n<string/>\n</array><key>None</key><array/>"
      "<key>Day</key><date>2026-08-19T12:57:02Z</date><key>Cut</key><array><string>x";
  CHECK(plist_string(xml, "Name") == "a & b");
  CHECK(plist_strings(xml, "Names") == Texts{"b", ""});
  CHECK(plist_strings(xml, "None") == Texts{});
  CHECK(!plist_strings(xml, "Day"));
  CHECK(!plist_strings(xml, "Cut"));
  CHECK(!plist_strings(xml, "Nothing"));
}

TEST_CASE("what nests in a property list is found, binary or XML") {
  const auto flat = parse_plist(binary);
  REQUIRE(flat);
  CHECK(flat->text_of("Name") == "a");
  CHECK(flat->find("Names") != nullptr);
  CHECK(flat->text_of("Names").empty());
  const auto nested = parse_plist(
      "<?xml version=\"1.0\"?><!-- <dict> --><plist version=\"1.0\"><dict><key>a</key><dict><key>b "
      "&amp;"
      "</key><array><integer>1</integer><dict/></array><key>c</key><dict><key>on</key><true/></"
      "dict>"
      "</dict><key>d</key><string>e</string></dict></plist>");
  REQUIRE(nested);
  const auto* inner = nested->find("a");
  REQUIRE(inner != nullptr);
  CHECK(inner->find("b &") != nullptr);
  REQUIRE(inner->find("c") != nullptr);
  CHECK(inner->find("c")->find("on")->truth);
  CHECK(nested->text_of("d") == "e");
}

TEST_CASE("a property list that is damaged, or too deep, is refused") {
  for (const char* xml :
       {"", "<plist>", "<plist><dict>", "<plist><dict><key>a</key></dict></plist>",
        "<plist><dict><string>a</string></dict></plist>", "<dict></dict>",
        "<plist><string>a</dict></plist>"}) {
    CAPTURE(xml);
    CHECK(!parse_plist(xml));
  }
  std::string deep = "<plist>";
  for (int i = 0; i < 1000; ++i) deep += "<array>";
  CHECK(!parse_plist(deep));
  for (std::size_t size = 0; size < binary.size(); ++size) {
    for (const char byte : {'\0', '\xff', '\x7f'}) {
      std::string changed = binary;
      changed[size] = byte;
      (void)parse_plist(changed);
    }
  }
}
