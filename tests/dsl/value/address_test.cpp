#include "dsl/value/address.h"

#include <string>
#include <vector>

#include "tests/catch.h"

using gopol::dsl::percent_decoded;
using gopol::dsl::split_address;

namespace {

std::string parts(const std::string& text) {
  const auto address = split_address(text);
  if (!address) return "none";
  std::string out(address->scheme);
  for (const std::string_view part : {address->login.value_or("-"), address->place, address->host,
                                      address->port, address->rest}) {
    out.append("|").append(part);
  }
  return out;
}

}  // namespace

TEST_CASE("an address falls into its parts as they are written") {
  CHECK(parts("https://u:p@a.example:8080/x?y#z") ==
        "https|u:p|a.example:8080|a.example|8080|/x?y#z");
  CHECK(parts("HTTP://a.example") == "HTTP|-|a.example|a.example||");
  CHECK(parts("http://[::1]:80/") == "http|-|[::1]:80|[::1]|80|/");
  CHECK(parts("https://a@b:c@h/x@y") == "https|a@b:c|h|h||/x@y");
  CHECK(parts("https://@h?q=@") == "https||h|h||?q=@");
  CHECK(parts("https://h:") == "https|-|h:|h||");
  CHECK(parts("https://[::1") == "https|-|[::1|||");
  CHECK(parts("file:///srv") == "file|-||||/srv");
  CHECK(parts("://") == "|-||||");
  for (const char* none : {"", "direct", "git@host:path", "https:/h"}) CHECK(parts(none) == "none");
}

TEST_CASE("an escape of an address is one byte, and what is none stays") {
  CHECK(percent_decoded("te%61m%2F%zz%4") == "team/%zz%4");
  CHECK(percent_decoded("%+1%-1% 1%%41%") == "%+1%-1% 1%A%");
  CHECK(percent_decoded("%00") == std::string(1, '\0'));
}
