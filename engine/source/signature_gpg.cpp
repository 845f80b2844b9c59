#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <utility>

#include "engine/source/signature_check.h"

namespace gopol::engine {
namespace {

constexpr std::array gpg_places = {"/usr/bin/gpg", "/opt/homebrew/bin/gpg", "/usr/local/bin/gpg"};

std::string field(const std::string& line, std::size_t nth) {
  std::size_t start = 0;
  while (nth-- > 0) {
    start = line.find(' ', start);
    if (start == std::string::npos) return "";
    ++start;
  }
  return line.substr(start, line.find(' ', start) - start);
}

/// Reads `gpg --status-fd`. Source: doc/DETAILS of GnuPG.
Result<Signer> signer_in(const SignedCommit& commit, const Keys& keys, const std::string& status) {
  constexpr std::string_view prefix = "[GNUPG:] ";
  Signer out;
  std::string primary;
  int good = 0, bad = 0;
  std::string reason = fmt::format("`{}` does not list its key", keys.where);
  for (std::string line : lines_of(status)) {
    if (!line.starts_with(prefix)) continue;
    line.erase(0, prefix.size());
    const std::string word = field(line, 0);
    if (word == "GOODSIG") {
      ++good;
      out.name = line.substr(std::min(line.size(), word.size() + field(line, 1).size() + 2));
    } else if (word == "VALIDSIG") {
      out.key = field(line, 1);
      primary = field(line, 10);
    } else if (word == "ERRSIG") {
      ++bad;
    } else if (word == "BADSIG") {
      ++bad;
      reason = "it does not fit the commit";
    } else if (word == "EXPKEYSIG" || word == "EXPSIG") {
      ++bad;
      reason = "its key has expired";
    } else if (word == "REVKEYSIG") {
      ++bad;
      reason = "its key was revoked";
    }
  }
  if (good == 1 && bad == 0 && !out.key.empty()) {
    const auto revoked = fingerprints_in(keys.revoked);
    const auto lists = [&](const std::string& key) {
      return !revoked || std::find(revoked->begin(), revoked->end(), key) != revoked->end();
    };
    if (!lists(out.key) && !lists(primary)) return out;
    return untrusted(
        fmt::format("commit {} is signed with {}, which was revoked", short_of(commit), out.key),
        "sign what is wanted with another key");
  }
  return untrusted(
      fmt::format("the signature of commit {} is not accepted: {}", short_of(commit), reason),
      fmt::format("sign it with a key of `{}` that is valid", keys.where));
}

}  // namespace

std::optional<std::vector<std::string>> fingerprints_in(std::string_view text) {
  constexpr std::size_t of_version_4 = 40, of_version_5 = 64;
  std::vector<std::string> out;
  for (const std::string& written : lines_of(text)) {
    std::string line;
    for (const char c : std::string_view(written).substr(0, written.find('#'))) {
      if (c != ' ' && c != '\t')
        line += c >= 'a' && c <= 'f' ? static_cast<char>(c - 'a' + 'A') : c;
    }
    if (line.empty()) continue;
    if ((line.size() != of_version_4 && line.size() != of_version_5) ||
        line.find_first_not_of("0123456789ABCDEF") != std::string::npos) {
      return {};
    }
    out.push_back(line);
  }
  return out;
}

Result<Signer> verify_gpg(const SignedCommit& commit, const Keys& keys,
                          const SignatureCheck& check) {
  std::string gpg;
  for (const char* place : gpg_places) {
    if (gpg.empty() && ::access(place, X_OK) == 0) gpg = place;
  }
  if (gpg.empty()) return untrusted("there is no gpg to verify signatures with", "install GnuPG");
  if (auto done = check.write("keys", keys.text); !done) return done.error();
  const std::vector<std::string> common{gpg,       "--homedir",      check.at(""),    "--batch",
                                        "--quiet", "--no-autostart", "--trust-model", "always"};
  const auto with = [&](std::vector<std::string> more) {
    std::vector<std::string> out = common;
    out.insert(out.end(), more.begin(), more.end());
    return out;
  };
  const auto imported = check.run(with({"--import", check.at("keys")}));
  if (!imported) return imported.error();
  const auto verified =
      check.run(with({"--status-fd", "1", "--verify", check.at("signature"), "-"}));
  if (!verified) return verified.error();
  return signer_in(commit, keys, verified->out);
}

}  // namespace gopol::engine
