#include <algorithm>

#include "dsl/value/go_version.h"
#include "dsl/value/version.h"
#include "providers/go/env/env_variables.h"
#include "providers/go/install/downloads.h"
#include "providers/lint/knowledge.h"
#include "tests/catch.h"
#include "tests/table.h"
#include "tests/temp_folder.h"

using namespace gopol;
using namespace gopol::tests;
namespace go = gopol::providers::go;
namespace lint = gopol::providers::lint;

namespace {

lint::Knowledge shipped() {
  auto found = lint::read_knowledge(dsl::Path(GOPOL_SOURCE_DIR "/share"));
  REQUIRE(found);
  return std::move(*found);
}

}  // namespace

TEST_CASE("what is shipped of Go's releases agrees with their history", "[truth]") {
  const lint::Knowledge knowledge = shipped();
  std::string newer;
  std::size_t known = 0;
  for (const Row& row : truth_table("releases.tsv")) {
    CAPTURE(row[0]);
    const std::string bare = dsl::go_version::from_toolchain(row[0]);
    REQUIRE(!bare.empty());
    if (!newer.empty()) CHECK(row[1] <= newer);  // newest first
    newer = row[1];
    for (const lint::GoRelease& one : knowledge.go) {
      if (one.version != bare) continue;
      ++known;
      CHECK(to_text(one.date) == row[1]);
      CHECK(one.security == (row[2] == "yes"));
    }
  }
  if (!newer.empty()) CHECK(known > 0);
}

TEST_CASE("what is shipped of macOS floors agrees with the release notes", "[truth]") {
  const lint::Knowledge knowledge = shipped();
  for (const Row& row : truth_table("macos-matrix.tsv")) {
    CAPTURE(row[0]);
    const std::string floor = row[1].substr(0, row[1].find_first_not_of("0123456789."));
    REQUIRE(dsl::is_valid(floor, dsl::VersionScheme::apple));
    for (const lint::GoFloor& one : knowledge.floors) {
      if (one.go == row[0]) CHECK(one.macos == floor);
    }
  }
}

TEST_CASE("a policy may set the variables that go reads from its file, and no others", "[truth]") {
  for (const Row& row : truth_table("env-vars.tsv")) {
    const std::string& name = row[0];
    if (name.find(' ') != std::string::npos) continue;  // several, of programs and not of go
    CAPTURE(name);
    const go::EnvVariable* variable = go::find_env_variable(name);
    CHECK((variable != nullptr) == row[3].starts_with("yes"));
    // A default in one word is what go has built in; other cells describe one.
    const bool is_word = !row[4].empty() && row[4].find_first_of(" /$(") == std::string::npos;
    if (variable == nullptr || !is_word || row[4] == "empty" || row[4] == "host") continue;
    if (go::find_env_variable(row[4]) != nullptr) continue;  // another's value
    CHECK(variable->built_in == row[4]);
  }
}

TEST_CASE("an index of downloads is read as go.dev writes it", "[truth]") {
  const std::string path = truth_path("downloads.json");
  if (path.empty()) return;
  const TempFolder temp;
  temp.write("downloads.json", read_file(path));
  std::size_t found = 0;
  for (const char* os : {"darwin", "linux"}) {
    for (const char* arch : {"amd64", "arm64"}) {
      CAPTURE(os, arch);
      const auto releases = go::read_downloads(temp.path(), os, arch);
      REQUIRE(releases);
      for (const go::Release& one : *releases) {
        CAPTURE(one.name);
        ++found;
        const std::string bare = dsl::go_version::from_toolchain(one.name);
        const auto parts = dsl::go_version::parse(bare);
        CHECK(one.stable == (one.name.find("beta") == std::string::npos &&
                             one.name.find("rc") == std::string::npos));
        CHECK((one.sha256.empty() || one.sha256.size() == 64));
        if (std::string_view(os) == "darwin" && std::string_view(arch) == "arm64" &&
            !parts.minor.empty())
          CHECK(std::stoi(std::string(parts.minor)) >= 16);
      }
    }
  }
  CHECK(found > 0);
}
