#include "cli/workspace/plan/consent.h"

#include <cstdio>
#include <utility>

#include "tests/catch.h"
#include "tests/fake_provider.h"
#include "tests/other_process.h"

using namespace gopol;

namespace {

/// A plan of one change on a machine of fake slots, and what would be asked before it is made.
struct Asked {
  Asked() {
    dsl::Schema schema = tests::fake_schema("thing");
    schema.attributes[1].runs_code = [](const engine::Slot&, const dsl::Value&) { return true; };
    workspace.providers.push_back(tests::fake_provider(std::move(schema), world));
    workspace.schemas = engine::schemas_of(workspace.providers);
    engine::Item item;
    item.slot = {"thing", "", "a", ""};
    item.state = engine::ItemState::change;
    item.target = dsl::Value("1");
    planned.plan.items.push_back(item);
  }

  engine::Item& item() { return planned.plan.items.front(); }

  /// `yes`, `no`, or the code of the error, where nobody sits at the terminal.
  std::string answer() const {
    static const char* const words[] = {"yes", "no", "T6001", "T6002", "P0001", "R4009"};
    const int index = tests::as_ordinary_user([&] {
      if (std::freopen("/dev/null", "r", stdin) == nullptr) return 99;
      const auto agreed = cli::consent_to(planned, loaded, options, workspace, breaks);
      const std::string said = agreed ? (*agreed ? "yes" : "no") : agreed.error().front().code;
      for (int i = 0; i < 6; ++i) {
        if (said == words[i]) return i;
      }
      return 98;
    });
    return index < 6 ? words[index] : "nothing of these";
  }

  tests::FakeWorld world;
  cli::Workspace workspace;
  cli::LoadedPolicy loaded;
  cli::Options options;
  engine::Planned planned;
  bool breaks = false;
};

}  // namespace

TEST_CASE("what works is broken by `--break` alone, and trust comes first") {
  Asked asked;
  asked.breaks = true;
  CHECK(asked.answer() == "T6002");
  asked.loaded.is_signed = asked.loaded.accepted = asked.options.yes = true;
  CHECK(asked.answer() == "R4009");
  asked.options.may_break = true;
  CHECK(asked.answer() == "yes");
  asked.workspace.recorded = true;
  asked.workspace.recorded_sudo = engine::SudoAnswer::granted;
  CHECK(asked.answer() == "yes");
  asked.options.may_break = false;
  CHECK(asked.answer() == "R4009");
}

TEST_CASE("a recorded machine asks what a real one asks; `--unsigned` says root's files too") {
  Asked asked;
  asked.workspace.recorded = true;
  asked.workspace.recorded_sudo = engine::SudoAnswer::granted;
  CHECK(asked.answer() == "T6002");
  asked.loaded.accepted = true;
  CHECK(asked.answer() == "P0001");
  asked.options.yes = true;
  CHECK(asked.answer() == "yes");
  SECTION("root's files") {
    asked.item().demands.needs_root = true;
    CHECK(asked.answer() == "T6001");
    asked.options.unsigned_policy = true;
    CHECK(asked.answer() == "yes");
  }
  SECTION("code") {
    asked.item().slot.attribute = "b";
    asked.options.unsigned_policy = true;
    CHECK(asked.answer() == "T6001");
  }
}

TEST_CASE("an unsigned policy is used only if that is said, and then only if somebody agrees") {
  Asked asked;
  CHECK(asked.answer() == "T6002");
  asked.options.yes = true;  // which does not say it
  CHECK(asked.answer() == "T6002");
  asked.options.yes = false;
  SECTION("by `--unsigned`") { asked.options.unsigned_policy = true; }
  SECTION("by the configuration") { asked.loaded.accepted = true; }
  CHECK(asked.answer() == "P0001");
  asked.options.yes = true;
  CHECK(asked.answer() == "yes");
}

TEST_CASE("no word lets an unsigned policy run code or touch root's files; a signed one may") {
  Asked asked;
  asked.options.yes = asked.options.unsigned_policy = asked.loaded.accepted = true;
  SECTION("code") { asked.item().slot.attribute = "b"; }
  SECTION("root's files") { asked.item().demands.needs_root = true; }
  CHECK(asked.answer() == "T6001");
  asked.loaded.is_signed = true;
  CHECK(asked.answer() == "yes");
}

TEST_CASE("what is not to be changed needs no right") {
  Asked asked;
  asked.options.yes = asked.options.unsigned_policy = true;
  asked.item().state = engine::ItemState::ok;
  asked.item().demands.needs_root = true;
  CHECK(asked.answer() == "yes");
}
