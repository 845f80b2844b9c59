#include "engine/source/signature.h"

#include <cstdlib>
#include <utility>

#include "engine/real/programs.h"
#include "engine/source/trust.h"
#include "tests/catch.h"
#include "tests/temp_folder.h"

using namespace gopol::engine;
using gopol::tests::TempFolder;
using std::chrono::hours;
using std::chrono::system_clock;
namespace dsl = gopol::dsl;

namespace {

const std::string fingerprint(40, 'A'), primary(40, 'B');

/// A gpg that says this of a signature.
class SayingPrograms : public Programs {
 public:
  explicit SayingPrograms(std::string status) : status_(std::move(status)) {}
  Result<Output> query(const Command& command) const override {
    for (const std::string& argument : command.argv) {
      if (argument == "--verify") return Output{0, status_, ""};
    }
    return Output{};
  }
  Result<Output> run(const Command&) override { return dsl::problem("R4002", "it only looks"); }

 private:
  std::string status_;
};

Result<Signer> by_gpg(const std::string& status, const std::string& revoked = "") {
  SignedCommit commit;
  commit.commit = std::string(40, '1');
  commit.signature = "-----BEGIN PGP SIGNATURE-----\n";
  Keys keys;
  keys.kind = Keys::Kind::gpg;
  keys.where = "keys.asc";
  keys.revoked = revoked;
  return verify(commit, keys, SayingPrograms(status), std::nullopt);
}

std::string message(const Result<Signer>& result) {
  return result ? "" : result.error().front().message.text();
}

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

/// Keys of ssh-keygen(1) and what is signed with them.
class Ssh {
 public:
  Ssh() {
    for (const char* name : {"ann", "bob"}) make("-q -t ed25519 -N '' -C '' -f " + at(name));
  }
  std::string public_key(const std::string& name) const { return temp_.read(name + ".pub"); }
  /// `ann` signs; its committer's date is an hour ago.
  SignedCommit commit(const std::string& name = "ann") const {
    SignedCommit out;
    out.commit = std::string(40, '1');
    out.payload = "tree x\n\nm\n";
    out.time = system_clock::now() - hours(1);
    temp_.write("payload", out.payload);
    make("-q -Y sign -n git -f " + at(name) + " " + at("payload"));
    out.signature = temp_.read("payload.sig");
    std::filesystem::remove(at("payload.sig"));
    return out;
  }
  Keys keys(const std::string& options = "namespaces=\"git\"") const {
    Keys out;
    out.where = "allowed";
    out.text = "ann@corp.example " + options + " " + public_key("ann");
    return out;
  }

 private:
  std::string at(const std::string& name) const { return (temp_ / name).text; }
  static void make(const std::string& arguments) {
    REQUIRE(std::system(("ssh-keygen " + arguments + " 2>/dev/null").c_str()) == 0);
  }
  TempFolder temp_;
};

Result<Signer> by_ssh(const SignedCommit& commit, const Keys& keys, bool is_new = false) {
  return verify(commit, keys, *real_programs(),
                is_new ? std::optional(system_clock::now()) : std::nullopt);
}

}  // namespace

TEST_CASE("a signature of GPG is good only if gpg says so once, and of nothing else") {
  const std::string start = "[GNUPG:] ";
  const std::string good = start + "GOODSIG 0123 Ann Lee <ann@corp.example>\n";
  const std::string valid =
      start + "VALIDSIG " + fingerprint + " 2023-11-14 1700000000 0 4 0 22 10 00 " + primary + "\n";
  const auto taken = by_gpg(start + "NEWSIG\n" + good + valid);
  REQUIRE(taken);
  CHECK(taken->name == "Ann Lee <ann@corp.example>");
  CHECK(taken->key == fingerprint);
  struct Case {
    std::string status, why;
  };
  const Case refused[] = {
      {"", "does not list its key"},
      {valid, "does not list its key"},
      {good, "does not list its key"},
      {"gpg: GOODSIG 0123 Ann\n" + valid, "does not list its key"},
      {good + valid + good + valid, "is not accepted"},
      {good + valid + start + "ERRSIG 0123 22 10 00 1700000000 9\n", "is not accepted"},
      {start + "BADSIG 0123 Ann\n" + valid, "it does not fit the commit"},
      {start + "EXPKEYSIG 0123 Ann\n" + valid, "its key has expired"},
      {start + "EXPSIG 0123 Ann\n" + valid, "its key has expired"},
      {start + "REVKEYSIG 0123 Ann\n" + valid, "its key was revoked"},
  };
  for (const Case& each : refused) {
    CAPTURE(each.status);
    const auto result = by_gpg(each.status);
    REQUIRE(!result);
    CHECK(result.error().front().code == "T6005");
    CHECK(has(message(result), each.why));
  }
  CHECK(has(message(by_gpg(good + valid, fingerprint + "\n")), "which was revoked"));
  CHECK(has(message(by_gpg(good + valid, primary + "\n")), "which was revoked"));
  CHECK(has(message(by_gpg(good + valid, "no fingerprint\n")), "which was revoked"));
  CHECK(by_gpg(good + valid, std::string(40, 'C') + "\n"));
}

TEST_CASE("a signature of ssh is of a listed key that was not revoked, over these bytes") {
  const Ssh ssh;
  const SignedCommit commit = ssh.commit();
  const auto taken = by_ssh(commit, ssh.keys());
  CAPTURE(message(taken));
  REQUIRE(taken);
  CHECK(taken->name == "ann@corp.example");
  CHECK(taken->key.starts_with("SHA256:"));

  Keys keys = ssh.keys();
  keys.revoked = ssh.public_key("bob");
  CHECK(by_ssh(commit, keys));
  keys.revoked = ssh.public_key("ann");
  CHECK(has(message(by_ssh(commit, keys)), "which was revoked"));

  CHECK(has(message(by_ssh(ssh.commit("bob"), ssh.keys())), "which `allowed` does not list"));
  keys = ssh.keys();
  keys.pinned = true;
  CHECK(has(message(by_ssh(ssh.commit("bob"), keys)), "which is not the pinned key"));
  CHECK(has(message(by_ssh(commit, ssh.keys("namespaces=\"file\""))), "key is not permitted"));

  SignedCommit changed = commit;
  changed.payload += "more";
  CHECK(has(message(by_ssh(changed, ssh.keys())), "does not fit it"));
  keys = ssh.keys();
  keys.kind = Keys::Kind::gpg;
  CHECK(has(message(by_ssh(commit, keys)), "is signed by ssh, but `allowed` holds keys of GPG"));
}

TEST_CASE("a key that has ended signs nothing new, and still holds what it signed") {
  const Ssh ssh;
  const auto day = [](system_clock::time_point moment) {
    const std::time_t seconds = system_clock::to_time_t(moment);
    char text[32];
    std::strftime(text, sizeof text, "%Y%m%d", std::gmtime(&seconds));
    return std::string(text);
  };
  SignedCommit commit = ssh.commit();
  commit.time -= hours(72);
  const Keys keys =
      ssh.keys("namespaces=\"git\",valid-before=\"" + day(system_clock::now() - hours(24)) + "\"");
  CHECK(by_ssh(commit, keys));
  CHECK(has(message(by_ssh(commit, keys, true)), "is new here and signed with"));
  commit.time += hours(72);
  CHECK(has(message(by_ssh(commit, keys)), "key has expired"));
  CHECK(by_ssh(commit, ssh.keys(), true));
}

TEST_CASE("the key of a signature can be pinned, and that key alone then signs") {
  const Ssh ssh;
  const SignedCommit commit = ssh.commit();
  const auto key = key_of(commit, *real_programs());
  CAPTURE(message(key));
  REQUIRE(key);
  Keys pinned;
  pinned.pinned = true;
  pinned.text = key->name;
  const auto taken = by_ssh(commit, pinned);
  REQUIRE(taken);
  CHECK(taken->name == "pinned");
  CHECK(taken->key == key->key);
  CHECK(!by_ssh(ssh.commit("bob"), pinned));

  SignedCommit changed = commit;
  changed.payload += "more";
  CHECK(has(message(key_of(changed, *real_programs())), "does not fit it"));
  for (const std::string& text : {std::string(), std::string("-----BEGIN SSH SIGNATURE-----\nU1NI"),
                                  std::string("-----BEGIN PGP SIGNATURE-----\n")}) {
    changed.signature = text;
    CHECK(has(message(key_of(changed, *real_programs())), "no ssh signature whose key"));
  }
}

TEST_CASE("a commit's date may be a day ahead of the clock, as of a wrong time zone, not more") {
  const Ssh ssh;
  const Keys keys = ssh.keys();
  const auto now = system_clock::now();
  const auto judged = [&](system_clock::time_point time) {
    Pulled pulled;
    pulled.line = {ssh.commit()};
    pulled.line.front().time = time;
    pulled.commit = pulled.line.front().commit;
    const auto signer =
        judge(pulled, nullptr, {&keys, "url", "branch main"}, *real_programs(), now);
    return signer ? signer->name : signer.error().front().code;
  };
  CHECK(judged(now - hours(1)) == "ann@corp.example");
  CHECK(judged(now + hours(23)) == "ann@corp.example");
  CHECK(judged(now + hours(25)) == "T6010");
}
