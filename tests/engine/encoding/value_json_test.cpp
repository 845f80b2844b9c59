#include "engine/encoding/value_json.h"

#include "engine/encoding/base64.h"
#include "engine/encoding/sha256.h"
#include "tests/catch.h"

using namespace gopol::engine;
using namespace gopol::dsl;

TEST_CASE("every kind of value has its JSON form, and comes back from it") {
  struct Case {
    Value value;
    std::string_view json;
  };
  const Case cases[] = {
      {Absent{}, R"({"absent":true})"},
      {true, "true"},
      {std::int64_t{-7}, "-7"},
      {INT64_MIN, "-9223372036854775808"},
      {"text \"q\" \n", R"("text \"q\" \n")"},
      {"", R"("")"},
      {std::string("\xff\x00z", 3), R"({"base64":"/wB6"})"},
      {Version{"1.22.2", VersionScheme::go}, R"({"version":"1.22.2","scheme":"go"})"},
      {Version{"16.2", VersionScheme::apple}, R"({"version":"16.2","scheme":"apple"})"},
      {Date{2026, 12, 31}, R"({"date":"2026-12-31"})"},
      {Duration{90}, R"({"seconds":90})"},
      {Path("/Users/ann"), R"({"path":"/Users/ann"})"},
      {List{{"b", "a", "b"}}, R"({"list":["b","a","b"]})"},
      {Set{{"a", "\xc0\x80"}}, R"({"set":["a",{"base64":"wIA="}]})"},
      {List{}, R"({"list":[]})"},
      {Chain{{{"https://a", true}, {"direct", false}}},
       R"({"chain":[["https://a","|"],["direct",","]]})"},
      {SecretRef{"keychain:x"}, R"({"secret":"keychain:x"})"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.json);
    CHECK(to_json(c.value) == c.json);
    const auto back = value_from_json(c.json);
    REQUIRE(back);
    CHECK(*back == c.value);
  }
  const auto unknown = value_from_json(to_json(Unknown{"no right", "ask"}));
  REQUIRE((unknown && unknown->is_unknown()));
  CHECK(unknown->as<Unknown>()->reason.text() == "no right");
  CHECK(unknown->as<Unknown>()->remedy.text() == "ask");
}

TEST_CASE("what a policy permits has its JSON form, and comes back from it") {
  struct Case {
    Allowed allowed;
    std::string_view json;
  };
  Allowed values, range, edits, nothing, open;
  values.one_of = SharedList<Value>{"a, b", Version{"1.22.2"}, Absent{}};
  values.none_of = {Value("c")};
  range.range = Range{Bound{Version{"1.22"}, true}, Bound{Version{"1.23"}, false}};
  open.range = Range{{}, Bound{std::int64_t{7}, true}};
  edits.includes = {"a\xff", "b"};
  edits.excludes = {"c"};
  edits.globs = {"*.example"};
  nothing.one_of = SharedList<Value>{};
  const Case cases[] = {
      {Allowed{}, "{}"},
      {values,
       R"({"one_of":["a, b",{"version":"1.22.2","scheme":"go"},{"absent":true}],"none_of":["c"]})"},
      {range, R"({"range":{"low":{"value":{"version":"1.22","scheme":"go"},"included":true},)"
              R"("high":{"value":{"version":"1.23","scheme":"go"},"included":false}}})"},
      {open, R"({"range":{"high":{"value":7,"included":true}}})"},
      {edits, R"({"includes":[{"base64":"Yf8="},"b"],"excludes":["c"],"globs":["*.example"]})"},
      {nothing, R"({"one_of":[]})"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.json);
    CHECK(to_json(c.allowed) == c.json);
    const auto back = allowed_from_json(c.json);
    REQUIRE(back);
    CHECK(*back == c.allowed);
  }
  for (const char* bad :
       {"", "[]", "1", R"({"one_of":1})", R"({"one_of":[1.5]})", R"({"range":[]})",
        R"({"range":{"low":{"included":true}}})", R"({"includes":[1]})"}) {
    CAPTURE(bad);
    CHECK(!allowed_from_json(bad));
  }
}

TEST_CASE("what is no value's form is refused") {
  for (const char* bad : {"", "{", "null", "[]", "1.5", "{}", R"({"version":"1","scheme":"perl"})",
                          R"({"chain":[["a"]]})", R"({"chain":[["a",";"]]})", R"({"list":[1]})",
                          R"({"date":"2026-02-30"})", R"({"base64":"a"})", R"({"base64":"a=b="})",
                          R"({"path":1})", R"({"seconds":"1"})"}) {
    CAPTURE(bad);
    CHECK(!value_from_json(bad));
  }
}

TEST_CASE("base64 is that of RFC 4648") {
  struct Case {
    std::string_view bytes, text;
  };
  for (const Case& c :
       {Case{"", ""}, {"f", "Zg=="}, {"fo", "Zm8="}, {"foo", "Zm9v"}, {"foobar", "Zm9vYmFy"}}) {
    CHECK(to_base64(c.bytes) == c.text);
    CHECK(from_base64(c.text) == c.bytes);
  }
  for (const char* bad : {"Z", "Zg=", "Zg==Zg==", "====", "Zm9v\n"}) CHECK(!from_base64(bad));
}

TEST_CASE("SHA-256 gives the published answers, also across its block's edges") {
  CHECK(sha256("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(sha256("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq") ==
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  CHECK(sha256(std::string(1'000'000, 'a')) ==
        "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
  CHECK(sha256(std::string(64, 'a')) ==
        "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb");
}
