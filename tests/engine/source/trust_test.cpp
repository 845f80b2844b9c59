#include "engine/source/trust.h"

#include "engine/real/programs.h"
#include "engine/real/real_disk.h"
#include "engine/real/real_system.h"
#include "engine/source/bundle.h"
#include "engine/source/local_tip.h"
#include "engine/source/signature_check.h"
#include "tests/catch.h"
#include "tests/temp_folder.h"

using namespace gopol::engine;
using gopol::tests::TempFolder;
using std::chrono::hours;
using std::chrono::system_clock;

namespace {

const std::string one(40, '1'), two(40, '2');

Pulled pulled(const std::string& message = "m") {
  Pulled out;
  out.commit = two;
  out.has_last = out.descends = true;
  out.line = {{two, "", "", "Ann <ann@corp.example>", system_clock::now(), message}};
  return out;
}

FloorEntry floor_at(const std::string& hash) {
  FloorEntry out;
  out.commit = hash;
  out.epoch = 3;
  out.ref = "tag v1";
  return out;
}

std::string code_of(const Pulled& what, const FloorEntry& last, const std::string& ref) {
  const auto judged =
      judge(what, &last, {nullptr, "url", ref}, *real_programs(), system_clock::now());
  return judged ? "" : judged.error().front().code;
}

}  // namespace

TEST_CASE("a trailer stands in the last paragraph of a message") {
  CHECK(trailer("subject\n\nbody\n\nGopol-Revert: 2\n", "Gopol-Revert") == "2");
  CHECK(trailer("subject\n\nTicket: A-1\nGopol-Revert: 2", "Gopol-Revert") == "2");
  CHECK(!trailer("subject\n\nGopol-Revert: 2\n\nmore", "Gopol-Revert"));
  CHECK(!trailer("Gopol-Revert: 2", "Gopol-Revert"));
  CHECK(!trailer("", "Gopol-Revert"));
}

TEST_CASE("what comes next comes after what was used, and a tag stays where it was") {
  Pulled next = pulled();
  CHECK(code_of(next, floor_at(one), "branch main") == "");
  CHECK(code_of(next, floor_at(one), "tag v2") == "");
  CHECK(code_of(next, floor_at(one), "tag v1") == "T6006");
  CHECK(code_of(next, floor_at(two), "tag v1") == "");
  next.descends = false;
  CHECK(code_of(next, floor_at(one), "branch main") == "T6006");
  CHECK(code_of(next, floor_at(one), "tag v2") == "T6006");
}

TEST_CASE("an epoch goes down only with a trailer that names it") {
  const FloorEntry last = floor_at(one);
  CHECK(check_epoch(pulled(), &last, 3));
  CHECK(check_epoch(pulled(), &last, 4));
  CHECK(check_epoch(pulled(), nullptr, 0));
  CHECK(!check_epoch(pulled(), &last, 2));
  CHECK(check_epoch(pulled("m\n\nGopol-Revert: 2\n"), &last, 2));
  CHECK(!check_epoch(pulled("m\n\nGopol-Revert: 2\n"), &last, 1));
}

TEST_CASE("a policy is named as gopol.toml says, else as before") {
  FloorEntry last = floor_at(one);
  CHECK(check_name("url", "", nullptr, ""));
  CHECK(check_name("url", "", nullptr, "any"));
  CHECK(check_name("url", "", &last, "new"));
  CHECK(check_name("url", "team/go", nullptr, "team/go"));
  for (const char* name : {"", "team", "team/go2", "Team/go"}) {
    CAPTURE(std::string(name));
    const auto done = check_name("url", "team/go", nullptr, name);
    REQUIRE(!done);
    CHECK(done.error().front().code == "T6014");
  }
  last.name = "team/go";
  CHECK(check_name("url", "", &last, "team/go"));
  CHECK(!check_name("url", "", &last, ""));
  CHECK(!check_name("url", "", &last, "team/other"));
  CHECK(check_name("url", "team/other", &last, "team/other"));
}

TEST_CASE("a clock may fall behind by less than a day") {
  const auto now = system_clock::now();
  TrustFloor floor;
  CHECK(floor.check_clock(now));
  floor.see(now);
  CHECK(floor.check_clock(now - hours(23)));
  CHECK(!floor.check_clock(now - hours(25)));
  floor.see(now - hours(100));
  CHECK(!floor.check_clock(now - hours(25)));
}

TEST_CASE("a floor and a bundle read back as they were written") {
  const TempFolder temp;
  const auto disk = real_disk();
  TrustFloor floor;
  FloorEntry entry = floor_at(one);
  entry.url = "ssh://git@corp.example/\xff";
  entry.name = "team/\xfe";
  entry.policy = "dev.policy";
  entry.pinned = "pinned ssh-ed25519 AAAA\n";
  entry.refused = FloorEntry::Refusal{"T6005", "was revoked \xff", "sign anew",
                                      system_clock::from_time_t(1'700'000'000)};
  floor.put(source_id("url", "path"), entry);
  REQUIRE(floor.save(*disk, temp / "trust.json"));
  const auto again = TrustFloor::load(*disk, temp / "trust.json");
  REQUIRE(again);
  CHECK(again->text() == floor.text());
  CHECK(again->find(source_id("url", "path"))->pinned == entry.pinned);
  CHECK(again->find(source_id("url", "path"))->name == entry.name);
  CHECK(again->find(source_id("url", "path"))->refused->message == entry.refused->message);
  CHECK(again->find(source_id("url", "other")) == nullptr);
  CHECK(disk->stat(temp / "trust.json")->mode == 0600);
  temp.write("trust.json", "{\"schema\":1}");
  CHECK(TrustFloor::load(*disk, temp / "trust.json").error().front().code == "T6008");

  CHECK(TrustFloor::parse(R"({"schema":1,"latest":"2024-05-02T10:00:00Z","sources":{}})"));
  CHECK(!TrustFloor::parse(R"({"schema":1,"latest":"4048-05-02T10:00:00Z","sources":{}})"));
  CHECK(!TrustFloor::parse(R"({"schema":1,"latest":"1048-05-02T10:00:00Z","sources":{}})"));
  entry.commit = entry.keys = "\xff";
  floor.put("id", entry);
  CHECK(TrustFloor::parse(floor.text())->find("id")->commit == "\xff");

  const std::string object = "tree " + one + "\nauthor Ann \xff <a@b> 1700000000 +0000\n" +
                             "committer Ann <a@b> 1700000000 +0000\ngpgsig x\n y\n\nm\n";
  Bundle bundle{
      "url", "branch main", *read_commit(two, object), "ann", {{"a", "\xff\n"}, {"b", ""}}};
  bundle.blame = {
      {{bundle.commit.commit, "Ann \xff <ann@corp.example>", bundle.commit.time, "why\n"}},
      {{"a", {{1, 0}}}}};
  CHECK(parse_bundle(to_text(bundle)) == bundle);
  for (const char* text : {"", "{}", "[]", "{\"schema\":1,\"files\":[]}", "{\"schema\":2}"}) {
    CHECK(!parse_bundle(text));
  }
}

TEST_CASE("revoked keys of GPG are fingerprints, and nothing else is taken for a list") {
  const std::string lower = "0123456789abcdef0123456789abcdef01234567";
  const std::string upper = "0123456789ABCDEF0123456789ABCDEF01234567";
  CHECK(fingerprints_in("# stolen\n\n" + lower +
                        " # ann\n  0123 4567 89AB CDEF 0123  4567 89AB "
                        "CDEF 0123 4567\n") == std::vector{upper, upper});
  CHECK(fingerprints_in("")->empty());
  for (const char* text : {"89ABCDEF01234567", "ssh-ed25519 AAAA", "ann@corp.example"}) {
    CHECK(!fingerprints_in(text));
  }
}

TEST_CASE("a list of revoked keys that is none is refused, not read as if it revoked all") {
  const TempFolder temp;
  const auto disk = real_disk();
  const auto system = real_system();
  const Path allowed = temp.write("allowed", "ann ssh-ed25519 AAAA\n");
  const Path gpg = temp.write("keys.asc", "-----BEGIN PGP PUBLIC KEY BLOCK-----\n");
  const Path list = temp.write("list", "# old\nssh-ed25519 AAAA ann\n");
  const Path prints = temp.write("prints", std::string(40, 'A') + "\n");
  CHECK(load_keys(*disk, *system, allowed, list));
  CHECK(load_keys(*disk, *system, gpg, prints));
  CHECK(pinned_keys(*disk, *system, "pinned ssh-ed25519 AAAA\n", list));
  CHECK(!load_keys(*disk, *system, allowed, prints));
  CHECK(!load_keys(*disk, *system, gpg, list));
  CHECK(!pinned_keys(*disk, *system, "pinned ssh-ed25519 AAAA\n", prints));
  CHECK(load_keys(*disk, *system, allowed, list)->hash() !=
        load_keys(*disk, *system, allowed, {})->hash());
}

TEST_CASE("a local repository's branch is read from its files, or not at all") {
  const TempFolder temp;
  const auto disk = real_disk();
  const auto tip = [&](const SourceRef& source) {
    return local_tip(*disk, source).value_or("none");
  };
  const std::string bare = (temp / "bare").text;
  temp.write("bare/HEAD", "ref: refs/heads/main\n");
  CHECK(tip({bare, "", ""}) == "none");
  temp.write("bare/packed-refs", "# pack-refs\n" + one + " refs/heads/main\n^" + two + "\n" + two +
                                     " refs/heads/not/main\n");
  CHECK(tip({bare, "", ""}) == one);
  CHECK(tip({"file://" + bare, "not/main", ""}) == two);
  temp.write("bare/refs/heads/main", two + "\n");
  CHECK(tip({bare, "main", ""}) == two);
  CHECK(tip({bare, "../../HEAD", ""}) == "none");
  CHECK(tip({bare, "", "", "v1"}) == "none");
  CHECK(tip({"https://git.corp.example/x", "", ""}) == "none");
  temp.write("bare/HEAD", one + "\n");
  CHECK(tip({bare, "", ""}) == "none");
  temp.write("bare/refs/heads/main", "ref: refs/heads/other\n");
  CHECK(tip({bare, "main", ""}) == "none");
  temp.write("work/.git/HEAD", "ref: refs/heads/main\n");
  temp.write("work/.git/refs/heads/main", one + "\n");
  CHECK(tip({(temp / "work").text, "", ""}) == one);
}
