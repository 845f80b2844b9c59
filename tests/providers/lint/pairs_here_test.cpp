#include "providers/lint/pairs_here.h"

#include "tests/catch.h"

using namespace gopol;
using namespace gopol::providers::lint;

namespace {

dsl::Version go(const char* text) { return {text, dsl::VersionScheme::go}; }
dsl::Version apple(const char* text) { return {text, dsl::VersionScheme::apple}; }

BadPair pair(const char* id, const char* go, const char* macos, const char* xcode,
             std::vector<std::string> unless) {
  return {id,
          "when",
          "symptom",
          "workaround",
          "issue",
          *parse_versions(go, dsl::VersionScheme::go),
          *parse_versions(macos, dsl::VersionScheme::apple),
          *parse_versions(xcode, dsl::VersionScheme::apple),
          std::move(unless)};
}

}  // namespace

TEST_CASE("a pair is met where both are so, and no flag mends it") {
  const std::vector<BadPair> pairs = {pair("of macOS", "<1.24", ">=15", "-", {"-B=gobuildid"}),
                                      pair("of tools", "1.22.*", "-", "15.*", {})};
  struct Case {
    const char* go;
    Here here;
    std::vector<std::string> met;
  };
  const Case cases[] = {
      {"1.22.2", {apple("15.0"), apple("15.4"), ""}, {"of macOS", "of tools"}},
      {"1.22.2", {apple("14.7"), apple("15.4"), ""}, {"of tools"}},
      {"1.22.2", {apple("15.0"), apple("16.0"), ""}, {"of macOS"}},
      {"1.23.0", {apple("15.0"), apple("15.4"), ""}, {"of macOS"}},
      {"1.24.0", {apple("15.0"), apple("15.4"), ""}, {}},
      {"1.22.2", {apple("15.0"), apple("15.4"), "[-v, -ldflags=-B=gobuildid]"}, {"of tools"}},
      {"1.22.2", {{}, {}, ""}, {}},
  };
  for (const Case& one : cases) {
    CAPTURE(one.go, one.here.flags);
    std::vector<std::string> met;
    for (const BadPair* found : pairs_here(go(one.go), one.here, pairs)) met.push_back(found->id);
    CHECK(met == one.met);
  }
}
