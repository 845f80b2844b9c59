#include "dsl/value/go_version.h"

#include <fmt/format.h>
#include <algorithm>

#include "tests/catch.h"
#include "tests/table.h"

using namespace gopol;
namespace gv = dsl::go_version;

namespace {

std::string sign(std::strong_ordering order) { return order < 0 ? "-1" : order > 0 ? "1" : "0"; }

std::string truth(bool value) { return value ? "true" : "false"; }

/// As go/version: without `go` before it and a suffix of a toolchain behind it.
std::string bare(const std::string& name) {
  return name.starts_with("go") ? name.substr(2, std::min(name.find('-'), name.size()) - 2) : "";
}

/// As go/version.Lang: `go1` is its own language version.
std::string language_name(const std::string& name) {
  const std::string language = gv::language(bare(name));
  if (language.empty()) return "";
  return bare(name) == "1" ? "go1" : "go" + language;
}

std::string answer(const std::string& function, const std::string& a, const std::string& b) {
  if (function == "compare") return sign(gv::compare_names(a, b));
  if (function == "valid") return truth(gv::is_valid(bare(a)));
  if (function == "lang") return language_name(a);
  if (function == "islang") return truth(gv::is_language_version(a));
  if (function == "isprerelease") return truth(gv::is_prerelease(a));
  if (function == "fromtoolchain") return gv::from_toolchain(a);
  if (function == "parse") {
    const gv::Parts p = gv::parse(a);
    return fmt::format("{}|{}|{}|{}|{}", p.major, p.minor, p.patch, p.kind, p.pre);
  }
  return "no such function";
}

}  // namespace

TEST_CASE("Go versions parse and compare as Go does", "[truth][go-table]") {
  for (const tests::Row& row : tests::truth_table("version-compare.tsv")) {
    CAPTURE(row[0], row[1], row[2], row[3]);
    CHECK(answer(row[1], row[2], row[3]) == row[4]);
  }
}

TEST_CASE("a first release before 1.21 is published without its zero") {
  CHECK(gv::release_name("1.20.0") == "go1.20");
  CHECK(gv::release_name("1.20") == "go1.20");
  CHECK(gv::release_name("1.20.1") == "go1.20.1");
  CHECK(gv::release_name("1.21.0") == "go1.21.0");
  CHECK(gv::release_name("1.22rc1") == "go1.22rc1");
}
