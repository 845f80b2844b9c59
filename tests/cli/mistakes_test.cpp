// What people bring from other tools: one message each, which says what to do.
#include <algorithm>
#include <string>

#include "tests/catch.h"
#include "tests/golden.h"
#include "tests/lint.h"

using namespace gopol;

TEST_CASE("a mistake from another tool gets one message, and a way out") {
  const std::string pragma = "gopol 1.0\n";
  tests::check_goldens("mistakes", ".diag", [&](const std::string&, const std::string& text) {
    dsl::SourceMap sources;
    dsl::Diagnostics found = tests::linted(text.substr(pragma.size()), sources);
    std::erase_if(found, [](const auto& one) { return one.severity == dsl::Severity::note; });
    REQUIRE(found.size() == 1);
    CHECK(!found.front().help.empty());
    return dsl::render(found.front(), sources);
  });
}
