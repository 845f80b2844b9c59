// The tables of Go's own behaviour, row by row.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "dsl/value/chain.h"
#include "providers/go/env/experiments.h"
#include "providers/go/env/flags.h"
#include "providers/go/env/glob.h"
#include "providers/go/env/sumdb.h"
#include "providers/go/env/toolchain_choice.h"
#include "providers/go/env/vcs.h"
#include "tests/catch.h"
#include "tests/table.h"

using namespace gopol;
namespace go = providers::go;

namespace {

template <class T>
std::string error_of(const dsl::Result<T>& result) {
  return "error: " + result.error().front().message.text();
}

std::string joined(const std::vector<std::string>& parts, std::string_view by = ",") {
  return fmt::format("{}", fmt::join(parts, by));
}

/// Elements as the table writes them, `|` behind one that goes on after any error.
std::string shown(const dsl::Chain& chain, bool skips_private) {
  std::vector<std::string> parts;
  if (skips_private) parts.emplace_back("noproxy");
  for (const auto& link : chain.links) parts.push_back(link.text + (link.on_any_error ? "|" : ""));
  return joined(parts, " ; ");
}

std::string proxy_answer(const tests::Row& row) {
  const auto chain = dsl::parse_chain(row[2]);
  if (!chain) return error_of(chain);
  return shown(*chain, row[3] != "-" && row[2] != "direct");  // go compares the text
}

std::string toolchain_answer(const tests::Row& row) {
  const auto choice = go::choose_toolchain(row[1], row[2], row[3], row[4]);
  if (!choice) return error_of(choice);
  if (choice->local) return "run local " + row[1];
  if (choice->path_only) return fmt::format("switch to {} (PATH only)", choice->name);
  return fmt::format(
      "switch to {0} (PATH, then download golang.org/toolchain@v0.0.1-{0}.GOOS-GOARCH)",
      choice->name);
}

}  // namespace

TEST_CASE("proxy chains parse as Go does", "[truth][go-table]") {
  for (const tests::Row& row : tests::truth_table("goproxy-cases.tsv")) {
    CAPTURE(row[0], row[1], row[2], row[3], row[4]);
    if (row[1] == "parse") CHECK(proxy_answer(row) == row[5]);  // the others say whom go asks
  }
}

TEST_CASE("checksum databases are named as Go does", "[truth][go-table]") {
  for (const tests::Row& row : tests::truth_table("gosumdb-cases.tsv")) {
    CAPTURE(row[0], row[1]);
    const auto name = go::sumdb_name(row[1]);
    CHECK((name ? "ok name=" + *name : error_of(name)) == row[2]);
  }
}

TEST_CASE("version control rules decide as Go does", "[truth][go-table]") {
  for (const tests::Row& row : tests::truth_table("govcs-cases.tsv")) {
    CAPTURE(row[0], row[1], row[2], row[3], row[4]);
    const auto rules = go::parse_vcs(row[1]);
    const std::string answer = !rules ? error_of(rules)
                               : go::allows_vcs(*rules, row[2], row[3] == "yes", row[4]) ? "true"
                                                                                         : "false";
    CHECK(answer == row[5]);
  }
}

TEST_CASE("toolchains are chosen as Go does", "[truth][go-table]") {
  for (const tests::Row& row : tests::truth_table("gotoolchain-cases.tsv")) {
    CAPTURE(row[0], row[1], row[2], row[3], row[4]);
    CHECK(toolchain_answer(row) == row[5]);
  }
}

TEST_CASE("flags are split as Go does", "[truth][go-table]") {
  for (const tests::Row& row : tests::truth_table("goflags-quoting.tsv")) {
    CAPTURE(row[0], row[1]);
    const auto words = go::split_quoted(row[1]);
    if (row[2].starts_with("error: ")) {
      REQUIRE(!words);
      CHECK(error_of(words) == row[2]);
      continue;
    }
    REQUIRE(words);
    CHECK(nlohmann::json(*words) == nlohmann::json::parse(row[2]));
    const auto written = go::join_quoted(*words);
    if (written) CHECK(*go::split_quoted(*written) == *words);
  }
}

TEST_CASE("experiments are switched as Go 1.27 does", "[truth][go-table]") {
  for (const tests::Row& row : tests::truth_table("goexperiment-cases.tsv")) {
    CAPTURE(row[0], row[1], row[2], row[3]);
    const auto set = go::parse_experiments(row[3], 27, row[1], row[2]);
    CHECK((set ? joined(set->enabled) : error_of(set)) == row[4]);
    if (set) CHECK(joined(set->changed) == row[5]);
  }
}

TEST_CASE("experiments come and go with versions", "[truth][go-table]") {
  const auto word = [](go::ExperimentState state) {
    return state == go::ExperimentState::absent  ? "absent"
           : state == go::ExperimentState::known ? "known"
                                                 : "default-on";
  };
  for (const tests::Row& row : tests::truth_table("experiments.tsv")) {
    for (int minor = 19; minor <= 27; ++minor) {
      CAPTURE(row[0], minor);
      CHECK(word(go::experiment_state(row[0], minor)) == row[static_cast<std::size_t>(minor - 18)]);
    }
  }
}

TEST_CASE("private patterns match as Go does", "[truth][go-table]") {
  for (const tests::Row& row : tests::truth_table("match-prefix-patterns.tsv")) {
    CAPTURE(row[0], row[1], row[2]);
    CHECK((go::match_prefix_patterns(row[1], row[2]) ? "true" : "false") == row[3]);
  }
}
