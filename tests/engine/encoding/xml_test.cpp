#include "engine/encoding/xml.h"

#include "tests/catch.h"

using gopol::engine::xml_attribute;
using gopol::engine::xml_text;

TEST_CASE("a text is written so that XML gives it back") {
  CHECK(xml_text("a < b & c > \"d\"") == "a &lt; b &amp; c &gt; \"d\"");
  CHECK(xml_attribute("a < b & c > \"d\"") == "a &lt; b &amp; c &gt; &quot;d&quot;");
  CHECK(xml_text("a\n\tb") == "a&#10;&#9;b");
  CHECK(xml_attribute("\x01\x1b[31m") == "??[31m");
  CHECK(xml_text("gr\u00fcn") == "gr\u00fcn");
}
