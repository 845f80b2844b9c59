#include "cli/workspace/pull_notes.h"

#include "engine/real/programs.h"
#include "engine/real/real_disk.h"
#include "engine/real/real_system.h"
#include "tests/catch.h"
#include "tests/temp_folder.h"

using namespace gopol;
using engine::FloorEntry;
using State = cli::SourcePull::State;
using std::chrono::minutes;

namespace {

/// A state folder whose floor knows one source, and a pull of that source.
class PullNotes {
 public:
  PullNotes() {
    source.url = "https://git.corp.example/team";
    store.disk = engine::real_disk();
    store.programs = engine::real_programs();
    store.system = engine::real_system();
    store.state = temp_ / "state";
    FloorEntry entry;
    entry.url = source.url;
    entry.bundle = "old";
    entry.keys = "other keys";
    entry.how = engine::Verified::ssh;
    entry.checked = store.system->now() - minutes(60);
    keep(entry);
    pulls.push_back({});
    pulls.front().source = &source;
    pulls.front().id = cli::id_of(source, store);
    pulls.front().before = entry;
  }

  /// What another run keeps.
  void keep(const FloorEntry& entry) {
    store.floor.put(cli::id_of(source, store), entry);
    REQUIRE(store.disk->make_folder(store.state, {.mode = 0700}));
    REQUIRE(store.floor.save(*store.disk, store.floor_file()));
  }
  FloorEntry entry() const { return *store.floor.find(cli::id_of(source, store)); }
  FloorEntry saved() const {
    const auto floor = engine::TrustFloor::load(*store.disk, store.floor_file());
    REQUIRE(floor);
    return *floor->find(cli::id_of(source, store));
  }
  cli::SourcePull& pull() { return pulls.front(); }

  engine::ConfiguredSource source;
  cli::PolicyStore store;
  std::vector<cli::SourcePull> pulls;

 private:
  const tests::TempFolder temp_;
};

template <class T>
std::string code_of(const dsl::Result<T>& result) {
  return result ? "" : result.error().front().code;
}

}  // namespace

TEST_CASE("a pull that another one overtook keeps nothing") {
  PullNotes pulled;
  CHECK(cli::reload(pulled.pulls, pulled.store));
  FloorEntry newer = pulled.entry();
  newer.bundle = "newer";
  pulled.keep(newer);
  CHECK(code_of(cli::reload(pulled.pulls, pulled.store)) == "R4006");
  pulled.pull().state = State::refused;
  pulled.pull().refusal = {dsl::problem("T6005", "nobody signed it", "sign it")};
  CHECK(code_of(cli::keep_refusals(pulled.pulls, pulled.store)) == "R4006");
  CHECK(!pulled.saved().refused);
  dsl::Diagnostics warnings;
  pulled.pull().state = State::same;
  cli::Workspace workspace;
  CHECK(code_of(cli::keep(pulled.pulls, pulled.store, workspace, warnings)) == "R4006");
  CHECK(pulled.saved().bundle == "newer");
}

TEST_CASE("what was refused is remembered until its server is heard again") {
  PullNotes pulled;
  pulled.pull().state = State::refused;
  pulled.pull().refusal = {dsl::problem("R4007", "nobody answers", "wait")};
  REQUIRE(cli::keep_refusals(pulled.pulls, pulled.store));
  CHECK(!pulled.saved().refused);
  pulled.pull().refusal = {dsl::problem("T6005", "nobody signed it", "sign it")};
  REQUIRE(cli::keep_refusals(pulled.pulls, pulled.store));
  REQUIRE(pulled.saved().refused);
  CHECK(pulled.saved().refused->code == "T6005");
  CHECK(pulled.saved().refused->message == "nobody signed it");
  CHECK(pulled.saved().bundle == "old");

  pulled.pull().before = pulled.entry();
  pulled.pull().state = State::same;
  CHECK(cli::note_heard(pulled.pulls, pulled.store));
  CHECK(!pulled.entry().refused);
}

TEST_CASE("that a server was heard is noted once in a while") {
  PullNotes pulled;
  const auto long_ago = pulled.entry().checked;
  CHECK(cli::note_heard(pulled.pulls, pulled.store));
  CHECK(pulled.entry().checked > long_ago);
  pulled.pull().before = pulled.entry();
  CHECK(!cli::note_heard(pulled.pulls, pulled.store));
}

TEST_CASE("what passed with other keys, offline, is noted as verified with them") {
  PullNotes pulled;
  pulled.source.trust = dsl::Path("/etc/allowed");
  pulled.pull().state = State::offline;
  pulled.pull().offline = {dsl::problem("R4007", "nobody answers", "wait")};
  CHECK(!cli::note_heard(pulled.pulls, pulled.store));
  pulled.pull().keys.emplace();
  pulled.pull().signer = {"ann", "SHA256:x"};
  const auto long_ago = pulled.entry().checked;
  CHECK(cli::note_heard(pulled.pulls, pulled.store));
  CHECK(pulled.entry().keys == pulled.pull().keys->hash());
  CHECK(pulled.entry().signer == "ann");
  CHECK(pulled.entry().signer_key == "SHA256:x");
  CHECK(pulled.entry().checked == long_ago);
  pulled.pull().before = pulled.entry();
  CHECK(!cli::note_heard(pulled.pulls, pulled.store));
  pulled.pull().keys->pinned = true;
  CHECK(cli::name_of({"ann", ""}, pulled.pull().keys) == "the pinned key");
  CHECK(cli::name_of({"ann", ""}, std::nullopt).empty());
}
