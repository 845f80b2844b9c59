#include "dsl/value/secret.h"

#include "tests/catch.h"

using namespace gopol;

TEST_CASE("secrets are hidden by their form, and the rest stays") {
  const struct {
    const char *text, *shown;
  } cases[] = {
      {"https://joe:S1@a.example,https://S2@b.example,direct",
       "https://…@a.example,https://…@b.example,direct"},
      {"https://joe:p/w@host/x", "https://…@host/x"},
      {"https://[::1]:8080/x https://h:80/x@y", "https://[::1]:8080/x https://h:80/x@y"},
      {"ssh://git@github.com/a git@github.com:a/b", "ssh://git@github.com/a git@github.com:a/b"},
      {"ssh://joe:pw@host/a", "ssh://…@host/a"},
      {"http.proxy joe:pw@proxy:3128", "http.proxy …@proxy:3128"},
      {"https://h/p?token=S&go-get=1&X-Amz-Signature=S#access_token=S",
       "https://h/p?token=…&go-get=1&X-Amz-Signature=…#access_token=…"},
      {"https://h/p?a=S&amp;b=S&quot;", "https://h/p?a=…&amp;b=…&quot;"},
      {"/p?private_token=S x", "/p?private_token=… x"},
      {"Authorization: Bearer S → Authorization: Basic S  new",
       "Authorization: Bearer … → Authorization: Basic …  new"},
      {"PRIVATE-TOKEN: S", "PRIVATE-TOKEN: …"},
      {"Basic dXNlcjpwYXNz and Basic information", "Basic … and Basic information"},
      {"machine h login joe password S", "machine h login joe password …"},
      {"[machine h, login joe, password S]", "[machine h, login joe, password …]"},
      {"-ldflags=-X=main.key=S", "-ldflags=-X=main.key=…"},
      {"-X main.version=1.2.3 -X 'main.key=a b'", "-X main.version=1.2.3 -X 'main.key=…'"},
      {"export GITHUB_TOKEN=S", "export GITHUB_TOKEN=…"},
      {"API_KEY = \"a b\" x", "API_KEY = \"…\" x"},
      {"TOKEN=$OTHER GOAUTH=netrc", "TOKEN=$OTHER GOAUTH=netrc"},
      {"//registry.npmjs.org/:_authToken=S", "//registry.npmjs.org/:_authToken=…"},
      {"ghp_abcd1234 (github_pat_11AA) glpat-xyz12 AKIAIOSFODNN7EXAMPLE", "… (…) … …"},
      {"eyJhbGciOiJIUzI1NiJ9.eyJzdWIi.abc xoxb-1234", "… …"},
      {"-----BEGIN RSA PRIVATE KEY-----abc-----END RSA PRIVATE KEY-----",
       "-----BEGIN RSA PRIVATE KEY-----…-----END RSA PRIVATE KEY-----"},
      {"the server wants a password in an address: set it",
       "the server wants a password in an address: set it"},
      {"example.com/m@v1.2.3 GOFLAGS=-mod=mod ann@corp.example",
       "example.com/m@v1.2.3 GOFLAGS=-mod=mod ann@corp.example"},
  };
  for (const auto& one : cases) {
    CAPTURE(one.text);
    CHECK(dsl::without_secrets(one.text) == one.shown);
    CHECK(dsl::without_secrets(one.shown) == one.shown);
  }
}
