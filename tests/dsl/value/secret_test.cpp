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
      {"-----BEGIN PGP PRIVATE KEY BLOCK-----abc-----END PGP PRIVATE KEY BLOCK-----",
       "-----BEGIN PGP PRIVATE KEY BLOCK-----…-----END PGP PRIVATE KEY BLOCK-----"},
      {"https://joe:p,w@h/x https://joe:p\"w@h/x", "https://…@h/x https://…@h/x"},
      {"https://a.example,https://S@b.example", "https://a.example,https://…@b.example"},
      {"{\"url\":\"https:\\/\\/S@h\\/x\"}", "{\"url\":\"https:\\/\\/…@h\\/x\"}"},
      {"Authorization=Bearer S1header x", "Authorization=Bearer … x"},
      {"Authorization : Basic S1header", "Authorization : Basic …"},
      {"bearer S1HEADER and a bearer token", "bearer … and a bearer token"},
      {"Bearer  S1header", "Bearer  …"},
      {"X-JFrog-Art-Api: S", "X-JFrog-Art-Api: …"},
      {"AccountKey=S;EndpointSuffix=x accessKey=S", "AccountKey=…;EndpointSuffix=x accessKey=…"},
      {"TOKEN:=S TOKEN+=S TOKEN?=S", "TOKEN:=… TOKEN+=… TOKEN?=…"},
      {"set -gx GITHUB_TOKEN S", "set -gx GITHUB_TOKEN …"},
      {"setenv GITHUB_TOKEN S; set GITHUB_TOKEN yourself",
       "setenv GITHUB_TOKEN …; set GITHUB_TOKEN yourself"},
      {"GOAUTH=/bin/x --token S --api-key 'S b' -v", "GOAUTH=/bin/x --token … --api-key '…' -v"},
      {"curl -u joe:S --proxy-user 'a:S' -u joe", "curl -u … --proxy-user '…' -u joe"},
      {"--key SHA256:abc --token -v --user https://h/x",
       "--key SHA256:abc --token -v --user https://h/x"},
      {"machine h login joe password \"S b\" x", "machine h login joe password \"…\" x"},
      {"-ldflags=\"-X 'main.a=S' -X \\\"main.b=S", "-ldflags=\"-X 'main.a=…' -X \\\"main.b=…"},
      {"sk-ant-api03-abcdefgh rk_live_abcdefgh SG.abcdefghij.klmnopqrst", "… … …"},
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
