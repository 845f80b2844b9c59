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
  const std::string begin =
      "<plist><dict><key>Name</key>\n\t<string>a &amp; b</string><key>Names</key>\n<array>\n"
      "<string>b</string>\n<string/>\n</array><key>None</key><array/>"
      "<key>Day</key><date>2026-08-19T12:57:02Z</date>"
      "<key>Mixed</key><array><string>c</string><integer>1</integer></array>";
  const std::string xml = begin + "</dict></plist>";
  CHECK(plist_string(xml, "Name") == "a & b");
  CHECK(plist_strings(xml, "Names") == Texts{"b", ""});
  CHECK(plist_strings(xml, "None") == Texts{});
  CHECK(!plist_strings(xml, "Day"));
  CHECK(!plist_strings(xml, "Mixed"));
  CHECK(!plist_strings(xml, "Nothing"));
  CHECK(!plist_strings(begin + "<key>Cut</key><array><string>x", "Name"));
}

TEST_CASE("a text of an XML property list is what its spelling stands for") {
  const auto text = [](const std::string& spelled) {
    return plist_string("<plist><dict><key>k</key><string>" + spelled + "</string></dict></plist>",
                        "k");
  };
  CHECK(text("&#x41;&#66;&#x20AC;") == "AB€");
  CHECK(text("&lt;&gt;&quot;&apos;&amp;") == "<>\"'&");
  CHECK(text("<![CDATA[<string>&amp;</string>]]>") == "<string>&amp;</string>");
  CHECK(text("a<!-- b -->c") == "ac");
  CHECK(text("") == "");
  CHECK(!text("&#x0;"));
  CHECK(!text("&unknown;"));
  CHECK(!text("a < b"));
  CHECK(!text("<b>bold</b>"));
  CHECK(!text("\xff"));
}

TEST_CASE("only the top dictionary's own keys are asked") {
  constexpr const char* xml =
      "<plist><dict><key>in</key><dict><key>k</key><string>inner</string></dict>"
      "<key>k</key><string>outer</string></dict></plist>";
  CHECK(plist_string(xml, "k") == "outer");
}

TEST_CASE("a property list that declares entities is refused") {
  constexpr const char* dict = "<plist version=\"1.0\"><dict><key>k</key><string>";
  const std::string apple =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST "
      "1.0//EN\" \"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n";
  CHECK(plist_string(apple + dict + "v</string></dict></plist>", "k") == "v");
  CHECK(!parse_plist(apple + dict + "&elsewhere;</string></dict></plist>"));
  std::string laughs = "<!DOCTYPE plist [<!ENTITY l0 \"lol\">";
  for (int i = 1; i < 10; ++i) {
    const std::string below = "&l" + std::to_string(i - 1) + ";";
    laughs += "<!ENTITY l" + std::to_string(i) + " \"";
    for (int k = 0; k < 10; ++k) laughs += below;
    laughs += "\">";
  }
  CHECK(!parse_plist(laughs + "]>" + dict + "&l9;</string></dict></plist>"));
  CHECK(!parse_plist("<!DOCTYPE plist [<!ENTITY f SYSTEM \"file:///etc/passwd\">]>" +
                     std::string(dict) + "&f;</string></dict></plist>"));
  CHECK(!parse_plist("<!DOCTYPE plist [<!ENTITY a \"b\">]>" + std::string(dict) +
                     "v</string></dict></plist>"));
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
        "<plist><string>a</dict></plist>", "<plist><dict><key>a</key>b<true/></dict></plist>",
        "<plist><key>a</key></plist>", "<plist><true/><true/></plist>", "<plist><plist/></plist>",
        "<plist><array><plist/></array></plist>", "<plist/>", "<plist><true/></plist>more",
        "<plist><dict><key>a</key><key>b</key><true/></dict></plist>"}) {
    CAPTURE(xml);
    CHECK(!parse_plist(xml));
  }
  std::string deep = "<plist>";
  for (int i = 0; i < 1000; ++i) deep += "<array>";
  CHECK(!parse_plist(deep));
  const auto nested = [](std::size_t levels) {
    std::string out = "<plist>";
    for (std::size_t i = 0; i < levels; ++i) out += "<array>";
    for (std::size_t i = 0; i < levels; ++i) out += "</array>";
    return out + "</plist>";
  };
  CHECK(parse_plist(nested(33)));
  CHECK(!parse_plist(nested(34)));
  for (std::size_t size = 0; size < binary.size(); ++size) {
    for (const char byte : {'\0', '\xff', '\x7f'}) {
      std::string changed = binary;
      changed[size] = byte;
      (void)parse_plist(changed);
    }
  }
}
