#include "cli/workspace/fleet_files.h"

#include <filesystem>

#include "tests/catch.h"
#include "tests/fake_provider.h"
#include "tests/policy_text.h"
#include "tests/temp_folder.h"

using namespace gopol;
using Names = std::vector<std::string>;

namespace {

std::string machine(const std::string& name, const std::string& value) {
  return R"({"schema":1,)" + (name.empty() ? "" : R"("machine":")" + name + R"(",)") +
         R"("facts":[{"slot":{"family":"thing","attribute":"a"},"value":")" + value + R"("}]})";
}

/// A folder of machines, and a policy that says something else of them than before.
class Fleet {
 public:
  Fleet() {
    schemas_.families = {tests::fake_schema("thing")};
    was_ = tests::policy_of("enforce r { thing { a = \"1\" } }", schemas_, sources_);
    is_ = tests::policy_of("enforce r { thing { a = \"2\" } }", schemas_, sources_);
  }

  dsl::Result<Names> replay() {
    engine::FleetComparison fleet(was_, is_, schemas_);
    auto out = cli::replay_fleet((temp / "fleet").text, fleet);
    report = fleet.report();
    return out;
  }
  /// Of all machines, sorted.
  Names machines() const {
    Names out;
    for (const auto& group : report.groups)
      out.insert(out.end(), group.examples.begin(), group.examples.end());
    std::sort(out.begin(), out.end());
    return out;
  }

  const tests::TempFolder temp;
  engine::FleetReport report;

 private:
  dsl::SourceMap sources_;
  dsl::Schemas schemas_;
  dsl::Policy was_, is_;
};

}  // namespace

TEST_CASE("a fleet is the snapshots of a folder and the lines of its lists") {
  Fleet fleet;
  fleet.temp.write("fleet/a.json", machine("anna", "1"));
  fleet.temp.write("fleet/b.json", machine("", "1"));
  fleet.temp.write("fleet/more.ndjson", machine("", "1") + "\n\n \t\r\n" + machine("", "1") + "\n");
  fleet.temp.write("fleet/more.jsonl", machine("", "1"));
  fleet.temp.write("fleet/read.me", machine("", "1"));
  fleet.temp.write("fleet/below/c.json", machine("", "1"));
  std::filesystem::create_symlink("a.json", (fleet.temp / "fleet/link.json").text);
  const auto unreadable = fleet.replay();
  REQUIRE(unreadable);
  CHECK(unreadable->empty());
  CHECK(fleet.report.machines == 5);
  CHECK(fleet.machines() == Names{"anna", "b", "more.jsonl:1"});  // the first few
}

TEST_CASE("what is no snapshot is told by its file and line, and others count") {
  Fleet fleet;
  fleet.temp.write("fleet/a.json", machine("", "1"));
  fleet.temp.write("fleet/b.json", "{");
  fleet.temp.write("fleet/c.ndjson", machine("", "1") + "\nno\n");
  const auto unreadable = fleet.replay();
  REQUIRE(unreadable);
  CHECK(*unreadable == Names{"b.json", "c.ndjson:2"});
  CHECK(fleet.report.machines == 2);
}

TEST_CASE("no folder, and a folder without a machine, are errors") {
  Fleet fleet;
  auto none = fleet.replay();
  REQUIRE(!none);
  CHECK(none.error().front().message.text().starts_with("no folder "));
  fleet.temp.write("fleet/b.json", "{");
  none = fleet.replay();
  REQUIRE(!none);
  CHECK(none.error().front().message.text().starts_with("no recorded machine in "));
}
