#include "dsl/value/chain.h"

#include "tests/catch.h"

using namespace gopol::dsl;

namespace {

/// What Go 1.27 prints of it: `scheme|host|path|query|fragment`, or its error.
std::string parsed(const char* text) {
  const auto url = parse_url(text);
  if (!url) return url.error().front().message.text();
  return url->scheme + "|" + url->host + "|" + url->path + "|" + url->query + "|" + url->fragment;
}

}  // namespace

TEST_CASE("URLs are parsed as Go's net/url does") {
  struct Case {
    const char *text, *expected;
  };
  const Case cases[] = {
      {"https://a.example/x?y=1#z", "https|a.example|/x|y=1|z"},
      {"HTTPS://A.example:8080", "https|A.example:8080|||"},
      {"https://u:p@a.example/%41b", "https|a.example|/Ab||"},
      {"https://x y.example", R"(parse "https://x y.example": invalid character " " in host name)"},
      {"https://[::1", R"(parse "https://[::1": missing ']' in host)"},
      {"https://[::1]:80/x", "https|[::1]:80|/x||"},
      {"https://[fe80::1%25en0]/", "https|[fe80::1%en0]|/||"},
      {"https://a[::1]", R"(parse "https://a[::1]": invalid IP-literal)"},
      {"https://a:b", R"(parse "https://a:b": invalid port ":b" after host)"},
      {"https://a:1:2", R"(parse "https://a:1:2": invalid port ":1:2" after host)"},
      {"https://a.example/%zz", R"(parse "https://a.example/%zz": invalid URL escape "%zz")"},
      {"https://a%41.example", R"(parse "https://a%41.example": invalid URL escape "%41")"},
      {"https://u p@a.example", R"(parse "https://u p@a.example": net/url: invalid userinfo)"},
      {"://x", R"(parse "://x": missing protocol scheme)"},
      {"1a:b", R"(parse "1a:b": first path segment in URL cannot contain colon)"},
      {"https://a\tb", R"(parse "https://a\tb": net/url: invalid control character in URL)"},
      {"https://a\"b", R"(https|a"b|||)"},
      {"https//x", "||https//x||"},
      {"https:/x", "https||/x||"},
      {"mailto:x", "mailto||||"},
      {"///x", "||///x||"},
      {"//x/y", "|x|/y||"},
      {"https://a.example/#%zz", R"(parse "https://a.example/#%zz": invalid URL escape "%zz")"}};
  for (const Case& one : cases) {
    CAPTURE(one.text);
    CHECK(parsed(one.text) == one.expected);
  }
}

TEST_CASE("a URL is printed as go prints it: no password, odd characters escaped") {
  const std::pair<const char*, const char*> cases[] = {
      {"ftp://u:secret@x.example/a b", "ftp://u:xxxxx@x.example/a%20b"},
      {"ftp://u@x.example", "ftp://u@x.example"},
      {"ftp://\xc3\xa9.example", "ftp://%C3%A9.example"},
      {"file:/x", "file:/x"},
      {"file:///x?", "file:///x?"},
      {"a b", "a%20b"},
      {"mailto:x", "mailto:x"},
      {"ftp://x/(a)%2f#y z", "ftp://x/(a)%2f#y%20z"}};
  for (const auto& [text, expected] : cases) {
    CAPTURE(text);
    REQUIRE(parse_url(text));
    CHECK(redacted(*parse_url(text)) == expected);
  }
}
