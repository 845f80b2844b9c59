#include "dsl/syntax/parse.h"

#include <string>

#include "dsl/value/diagnostic.h"
#include "tests/catch.h"
#include "tests/dsl/syntax/outline.h"
#include "tests/golden.h"

using namespace gopol;

TEST_CASE("a diagnostic of a broken policy reads as its golden") {
  tests::check_goldens("parse", ".diag", [](const std::string& name, const std::string& text) {
    dsl::SourceMap sources;
    dsl::Diagnostics problems;
    const dsl::Tree tree = dsl::parse(sources.add(name, text), sources, problems);
    CHECK(tests::tiles(tree));
    std::string out;
    for (const dsl::Diagnostic& problem : problems) out += render(problem, sources);
    return out;
  });
}
