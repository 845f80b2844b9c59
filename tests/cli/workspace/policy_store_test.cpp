#include "cli/workspace/policy_store.h"

#include <sys/stat.h>

#include "engine/encoding/sha256.h"
#include "engine/real/programs.h"
#include "engine/real/real_disk.h"
#include "engine/real/real_system.h"
#include "tests/catch.h"
#include "tests/temp_folder.h"

using namespace gopol;
using engine::FloorEntry;
using engine::Verified;
using std::chrono::hours;

namespace {

/// A source that was pulled and verified with a list of keys of ssh.
class Pulled {
 public:
  Pulled() {
    store.disk = engine::real_disk();
    store.programs = engine::real_programs();
    store.system = engine::real_system();
    store.state = temp / "state";
    source.url = "https://git.corp.example/team";
    source.trust = temp.write("allowed", "ann@corp.example ssh-ed25519 AAAA\n");
    REQUIRE(::chmod(source.trust.text.c_str(), 0600) == 0);
    engine::Bundle bundle{source.url, "", {}, "ann@corp.example", {{"a.policy", "a"}}, {}};
    const std::string one(40, '1');
    bundle.commit = *engine::read_commit(
        one, "tree " + one + "\nauthor Ann <ann@corp.example> 1700000000 +0000\n" +
                 "committer Ann <ann@corp.example> 1700000000 +0000\n\nm\n");
    const std::string text = engine::to_text(bundle);
    entry.bundle = engine::sha256(text);
    entry.how = Verified::ssh;
    entry.checked = store.system->now() - hours(48);
    REQUIRE(engine::write_bundle(*store.disk, file(), text));
    const auto keys = cli::keys_of(source, entry, store);
    REQUIRE(keys);
    entry.keys = (*keys)->hash();
  }

  dsl::Path file() const {
    return engine::bundle_file(store.state, cli::id_of(source, store), entry.bundle);
  }
  /// `ok`, or the error's code and words.
  std::string read() {
    store.floor.put(cli::id_of(source, store), entry);
    const auto bundle = cli::verified_bundle(source, store);
    if (bundle) return bundle->files.front().text == "a" ? "ok" : "another policy";
    return bundle.error().front().code + " " + bundle.error().front().message.text();
  }

  const tests::TempFolder temp;
  engine::ConfiguredSource source;
  cli::PolicyStore store;
  FloorEntry entry;
};

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a policy is used as it was verified, and as it is asked for today") {
  Pulled pulled;
  CHECK(pulled.read() == "ok");
  CHECK(cli::age_of(pulled.source, pulled.store) == "pulled 2 d ago");

  SECTION("by another way of verifying") {
    for (const Verified how :
         {Verified::gpg, Verified::pinned, Verified::unasked, Verified::unknown}) {
      pulled.entry.how = how;
      CHECK(has(pulled.read(), "T6004"));
    }
  }
  SECTION("with other keys") {
    pulled.temp.write("allowed", "bob@corp.example ssh-ed25519 BBBB\n");
    CHECK(has(pulled.read(), "T6004"));
    CHECK(has(pulled.read(), "was verified with other keys"));
  }
  SECTION("with keys that anybody may write") {
    REQUIRE(::chmod(pulled.source.trust.text.c_str(), 0666) == 0);
    CHECK(has(pulled.read(), "T6005"));
  }
  SECTION("of another branch, tag or commit") {
    pulled.source.branch = "main";
    CHECK(has(pulled.read(), "was pulled from its default branch"));
    pulled.source.branch.clear();
    pulled.entry.ref = "tag v1";
    CHECK(has(pulled.read(), "was pulled from its tag v1"));
  }
  SECTION("that was never pulled") {
    pulled.entry.bundle.clear();
    CHECK(has(pulled.read(), "T6004"));
  }
  SECTION("that was refused since") {
    pulled.entry.refused = {"T6006", "it went back", "ask", pulled.store.system->now()};
    CHECK(has(pulled.read(), "T6006"));
  }
  SECTION("that nobody heard of for too long, unless it is one commit") {
    pulled.source.max_age = hours(24);
    CHECK(has(pulled.read(), "T6010"));
    pulled.source.commit = std::string(40, '1');
    pulled.entry.ref = "commit " + pulled.source.commit;
    CHECK(pulled.read() == "ok");
    CHECK(cli::age_of(pulled.source, pulled.store).empty());
  }
  SECTION("whose bundle is another") {
    REQUIRE(pulled.store.disk->replace(pulled.file(), "{}"));
    CHECK(has(pulled.read(), "T6008"));
    REQUIRE(pulled.store.disk->remove(pulled.file()));
    CHECK(has(pulled.read(), "T6008"));
  }
}

TEST_CASE("somebody writes down how far a source is trusted") {
  Pulled pulled;
  pulled.source.trust = dsl::Path();
  CHECK(has(pulled.read(), "T6003"));
  pulled.entry.pinned = "pinned namespaces=\"git\" ssh-ed25519 AAAA\n";
  CHECK(has(pulled.read(), "T6004"));  // not with that key
  pulled.entry.how = Verified::pinned;
  pulled.entry.keys = (*cli::keys_of(pulled.source, pulled.entry, pulled.store))->hash();
  CHECK(pulled.read() == "ok");
  pulled.entry.pinned.clear();
  pulled.source.unsigned_accepted = true;
  CHECK(pulled.read() == "ok");
  pulled.source.url = "http://git.corp.example/team";
  CHECK(has(pulled.read(), "T6003"));
}

TEST_CASE("a duration is told in the unit that tells most") {
  using std::chrono::seconds;
  const std::pair<int, const char*> cases[] = {{0, "0 s"},        {119, "119 s"}, {120, "2 min"},
                                               {7199, "119 min"}, {7200, "2 h"},  {172'799, "47 h"},
                                               {172'800, "2 d"}};
  for (const auto& [length, text] : cases) CHECK(cli::duration_text(seconds(length)) == text);
}
