#include "engine/source/signature.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <ctime>
#include <utility>

#include "engine/encoding/base64.h"
#include "engine/encoding/json.h"
#include "engine/encoding/sha256.h"
#include "engine/host/who_may_write.h"
#include "engine/source/signature_check.h"

namespace gopol::engine {
namespace {

constexpr const char* ssh_keygen = "/usr/bin/ssh-keygen";
constexpr const char* git_namespace = "git";

/// `/tmp/x:3: key has expired: …` without the place, which is a copy of ours.
std::string without_place(const std::string& line) {
  const std::size_t start = line.find(": key ");
  return start == std::string::npos ? line : line.substr(start + 2);
}

/// `ssh-keygen -Y`
Result<Output> ssh(const SignatureCheck& check, const std::vector<std::string>& arguments) {
  std::vector<std::string> argv{ssh_keygen, "-Y"};
  argv.insert(argv.end(), arguments.begin(), arguments.end());
  argv.insert(argv.end(), {"-s", check.at("signature")});
  return check.run(std::move(argv));
}

/// `-Overify-time`: the day and second, in UTC.
std::string time_option(std::chrono::system_clock::time_point moment) {
  const std::time_t seconds = std::chrono::system_clock::to_time_t(moment);
  std::tm parts{};
  ::gmtime_r(&seconds, &parts);
  std::array<char, 32> text{};
  std::strftime(text.data(), text.size(), "%Y%m%d%H%M%S", &parts);
  return fmt::format("-Overify-time={}", text.data());
}

/// The key in `Good "git" signature with ED25519 key SHA256:…`.
std::string key_in(const std::string& said) {
  const std::size_t start = said.find(" key ");
  if (start == std::string::npos) return "";
  const std::string_view rest = std::string_view(said).substr(start + 5);
  return std::string(rest.substr(0, rest.find_first_of("\n ")));
}

/// The key itself lies in the signature: "SSHSIG", a version, then the key as a string. Source:
/// PROTOCOL.sshsig of OpenSSH.
std::string public_key_in(const std::string& armoured) {
  std::string base64;
  for (const std::string& line : lines_of(armoured)) {
    if (!line.starts_with("-----")) base64 += line;
  }
  const auto blob = from_base64(base64);
  const auto number_at = [&](std::size_t at) {
    std::size_t out = 0;
    for (std::size_t i = 0; i < 4; ++i)
      out = out << 8 | static_cast<unsigned char>((*blob)[at + i]);
    return out;
  };
  if (!blob || blob->size() < 14 || !blob->starts_with("SSHSIG")) return "";
  const std::size_t size = number_at(10);
  if (size < 4 || size > blob->size() - 14) return "";
  const std::size_t kind_size = number_at(14);
  if (kind_size > size - 4) return "";
  return blob->substr(18, kind_size) + " " + to_base64(blob->substr(14, size));
}

/// Why ssh-keygen would not take it, in words that help.
dsl::Diagnostic why_not(const SignedCommit& commit, const Keys& keys, const SignatureCheck& check,
                        const std::string& said) {
  const auto valid = ssh(check, {"check-novalidate", "-n", git_namespace});
  if (!valid) return valid.error().front();
  const std::string start = fmt::format("commit {}", short_of(commit));
  if (valid->status != 0) {
    const auto lines = lines_of(valid->err);
    return untrusted(fmt::format("the signature of {} does not fit it: {}", start,
                                 lines.empty() ? "no reason given" : lines.back()),
                     "somebody changed the commit, or signed something else: sign it anew");
  }
  const std::string key = key_in(valid->out);
  for (const std::string& line : lines_of(said)) {
    const std::string reason = without_place(line);
    if (reason.starts_with("key has expired") || reason.starts_with("key is not yet valid") ||
        reason.starts_with("key is not permitted")) {
      return untrusted(
          fmt::format("{} is signed with {}: {}", start, key, reason),
          fmt::format("sign it with a key that `{}` lets sign for `git` on that day", keys.where));
    }
  }
  if (keys.pinned) {
    return untrusted(fmt::format("{} is signed with {}, which is not the pinned key", start, key),
                     "if the key was changed, pin the new one: `gopol source trust`");
  }
  return untrusted(
      fmt::format("{} is signed with {}, which `{}` does not list", start, key, keys.where),
      fmt::format("sign it with a listed key; to trust this one, add a line for it to "
                  "`{}`",
                  keys.where));
}

using Moment = std::chrono::system_clock::time_point;

/// The key was one that may sign on the commit's date; today it is not.
dsl::Diagnostic ended(const SignedCommit& commit, const std::string& key, const std::string& said,
                      Moment now) {
  std::string reason = "it may not sign any more";
  for (const std::string& line : lines_of(said)) {
    if (without_place(line).starts_with("key has expired")) reason = "the key has expired";
    if (without_place(line).starts_with("key is not yet valid")) reason = "it is not valid yet";
  }
  return untrusted(
      fmt::format("commit {} is new here and signed with {}, but {}: it is {} by this clock",
                  short_of(commit), key, reason, detail::moment_text(now)),
      "if that is the time, sign anew with a key that is valid now: `git commit -S "
      "--allow-empty`; if not, set the clock");
}

/// One commit, one list of keys.
class SshCheck {
 public:
  SshCheck(const SignedCommit& commit, const Keys& keys, const SignatureCheck& check)
      : commit_(commit), keys_(keys), check_(check) {}

  Result<Signer> run(std::optional<Moment> first_seen) {
    if (::access(ssh_keygen, X_OK) != 0) {
      return untrusted(fmt::format("there is no {} to verify signatures with", ssh_keygen),
                       "install OpenSSH");
    }
    if (auto done = check_.write("allowed", keys_.text); !done) return done.error();
    if (auto done = check_.write("revoked", keys_.revoked); !done) return done.error();
    const auto found =
        ssh(check_, {"find-principals", time_option(commit_.time), "-f", check_.at("allowed")});
    if (!found) return found.error();
    std::string said = found->err;
    for (const std::string& principal : lines_of(found->out)) {
      const auto verified = ask(principal, commit_.time, false);
      if (!verified) return verified.error();
      said += verified->err;
      if (verified->status == 0) return accept({principal, key_in(verified->out)}, first_seen);
    }
    return why_not(commit_, keys_, check_, said);
  }

 private:
  Result<Output> ask(const std::string& principal, Moment when, bool revocations) const {
    std::vector<std::string> arguments{
        "verify",          "-n", git_namespace,       "-I", principal,
        time_option(when), "-f", check_.at("allowed")};
    if (revocations) arguments.insert(arguments.end(), {"-r", check_.at("revoked")});
    return ssh(check_, arguments);
  }

  Result<Signer> accept(const Signer& signer, std::optional<Moment> first_seen) const {
    if (!keys_.revoked.empty()) {
      const auto still = ask(signer.name, commit_.time, true);
      if (!still) return still.error();
      if (still->status != 0) {
        return untrusted(fmt::format("commit {} is signed with {}, which was revoked",
                                     short_of(commit_), signer.key),
                         "sign what is wanted with another key");
      }
    }
    if (!first_seen) return signer;
    const auto today = ask(signer.name, *first_seen, false);
    if (!today) return today.error();
    if (today->status != 0) return ended(commit_, signer.key, today->err, *first_seen);
    return signer;
  }

  const SignedCommit& commit_;
  const Keys& keys_;
  const SignatureCheck& check_;
};

/// A file that trust hangs on.
Result<std::string> read_keys(const Disk& disk, const System& system, const Path& path) {
  const auto open = who_may_write(path, disk, system);
  if (!open) return open.error();
  if (*open) return untrusted((*open)->text(), (*open)->help());
  auto text = disk.read(path);
  if (!text) return text.error();
  if (*text) return std::move(**text);
  return untrusted(fmt::format("there is no `{}`, which names who may sign", path.text),
                   "correct `trust` and `revoked` in gopol.toml");
}

/// Whether ssh-keygen reads it as it was meant: what it does not understand, it calls revoked.
bool is_ssh_list(const std::string& text) {
  constexpr std::string_view krl_magic = "SSHKRL";
  if (text.starts_with(krl_magic)) return true;
  const auto lines = lines_of(text);
  return std::all_of(lines.begin(), lines.end(), [](const std::string& line) {
    return line.starts_with('#') || line.starts_with("ssh-") || line.starts_with("ecdsa-") ||
           line.starts_with("sk-");
  });
}

Result<Done> read_revoked(const Disk& disk, const System& system, const Path& path, Keys& keys) {
  if (path.empty()) return Done{};
  auto text = read_keys(disk, system, path);
  if (!text) return text.error();
  const bool gpg = keys.kind == Keys::Kind::gpg;
  if (gpg ? !fingerprints_in(*text) : !is_ssh_list(*text)) {
    return untrusted(
        fmt::format("`{}` is not a list of revoked keys", path.text),
        gpg ? "write a fingerprint of GPG on each line, all its digits, `#` before remarks"
            : "make it with `ssh-keygen -k`, or write public keys, one a line");
  }
  keys.revoked = std::move(*text);
  return Done{};
}

}  // namespace

std::string Keys::hash() const { return sha256(sha256(text) + sha256(revoked)); }

Result<Keys> pinned_keys(const Disk& disk, const System& system, const std::string& line,
                         const Path& revoked) {
  Keys out;
  out.where = "gopol source trust";
  out.text = line;
  out.pinned = true;
  if (auto done = read_revoked(disk, system, revoked, out); !done) return done.error();
  return out;
}

Result<Keys> load_keys(const Disk& disk, const System& system, const Path& file,
                       const Path& revoked) {
  auto text = read_keys(disk, system, file);
  if (!text) return text.error();
  Keys out;
  out.where = file.text;
  out.text = std::move(*text);
  if (out.text.find("-----BEGIN PGP PUBLIC KEY BLOCK-----") != std::string::npos) {
    out.kind = Keys::Kind::gpg;
  }
  if (auto done = read_revoked(disk, system, revoked, out); !done) return done.error();
  return out;
}

Result<Signer> verify(const SignedCommit& commit, const Keys& keys, const Programs& programs,
                      std::optional<Moment> first_seen) {
  const bool gpg = commit.signature.starts_with("-----BEGIN PGP");
  if (gpg != (keys.kind == Keys::Kind::gpg)) {
    return untrusted(
        fmt::format("commit {} is signed by {}, but `{}` holds keys of {}", short_of(commit),
                    gpg ? "GPG" : "ssh", keys.where, gpg ? "ssh" : "GPG"),
        "sign it with one of those keys");
  }
  const auto check = SignatureCheck::of(commit, programs);
  if (!check) return check.error();
  return gpg ? verify_gpg(commit, keys, *check) : SshCheck(commit, keys, *check).run(first_seen);
}

Result<Signer> key_of(const SignedCommit& commit, const Programs& programs) {
  const std::string key = public_key_in(commit.signature);
  if (key.empty()) {
    return untrusted(
        fmt::format("commit {} has no ssh signature whose key could be pinned", short_of(commit)),
        "name the file of those who may sign: `trust = \"allowed_signers\"`");
  }
  const auto check = SignatureCheck::of(commit, programs);
  if (!check) return check.error();
  const auto valid = ssh(*check, {"check-novalidate", "-n", git_namespace});
  if (!valid) return valid.error();
  if (valid->status != 0) return why_not(commit, {}, *check, "");
  return Signer{fmt::format("pinned namespaces=\"git\" {}\n", key), key_in(valid->out)};
}

}  // namespace gopol::engine
