#include "engine/source/trust.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <utility>

#include "engine/encoding/json.h"

namespace gopol::engine {
namespace {

constexpr std::chrono::hours signing_slack{24};  // a wrong time zone is no attack
constexpr const char* revert = "Gopol-Revert";

std::string shortened(const std::string& commit) { return commit.substr(0, 7); }

dsl::Diagnostic not_signed(const SignedCommit& commit, const Pulled& pulled, const Keys& keys,
                           const FloorEntry* last) {
  const std::string who =
      keys.pinned ? "whoever has the pinned key" : fmt::format("whoever `{}` lists", keys.where);
  std::string help = who + " puts a signed commit on top: `git commit -S --allow-empty`";
  if (last != nullptr) {
    help = fmt::format(
        "{} signs the way there: `git switch -d {}`, `git merge -S --no-ff {}`, and pushes that",
        who, shortened(last->commit), shortened(pulled.commit));
  }
  return dsl::problem(
      "T6005",
      fmt::format("{} {} is not signed", commit.parents.size() > 1 ? "merge commit" : "commit",
                  shortened(commit.commit)),
      std::move(help));
}

/// What is refused lies below the tip: whoever may sign vouches for all of it at once.
dsl::Diagnostics with_way(dsl::Diagnostics why, const Pulled& pulled, const FloorEntry& last) {
  why.front().help = fmt::format(
      "whoever may sign looks at it and signs the way there: `git switch -d {}`, `git merge -S "
      "--no-ff {}`, and pushes that",
      shortened(last.commit), shortened(pulled.commit));
  return why;
}

Result<Signer> check_signatures(const Pulled& pulled, const FloorEntry* last, const Keys& keys,
                                const Programs& programs,
                                std::chrono::system_clock::time_point now) {
  std::optional<Signer> tip;
  for (const SignedCommit& commit : pulled.line) {
    if (commit.signature.empty()) return not_signed(commit, pulled, keys, last);
    const bool seen = last != nullptr && last->commit == commit.commit;
    auto signer = verify(commit, keys, programs, seen ? std::nullopt : std::optional(now));
    if (!signer && last != nullptr && commit.commit != pulled.commit) {
      return with_way(signer.error(), pulled, *last);
    }
    if (!signer) return signer.error();
    if (!tip) tip = std::move(*signer);
  }
  return std::move(*tip);
}

/// A commit's date is what its maker says; with these limits it cannot make a dead key live.
Result<Done> check_dates(const Pulled& pulled, const FloorEntry* last,
                         std::chrono::system_clock::time_point now) {
  for (const SignedCommit& one : pulled.line) {
    if (one.time > now + signing_slack) {
      return dsl::problem("T6010",
                          fmt::format("commit {} is of {}, but it is {} now", shortened(one.commit),
                                      detail::moment_text(one.time), detail::moment_text(now)),
                          "set the clock of whoever is wrong, and commit anew");
    }
    if (last != nullptr && one.time + signing_slack < last->commit_time) {
      return dsl::problem(
          "T6010",
          fmt::format("commit {} is dated {}, but {}, which was used before it, {}",
                      shortened(one.commit), detail::moment_text(one.time), shortened(last->commit),
                      detail::moment_text(last->commit_time)),
          "a date that was set back makes a key seem valid that has expired: commit anew");
    }
  }
  return Done{};
}

Result<Done> check_descent(const Pulled& pulled, const FloorEntry& last, const TrustRules& rules) {
  const std::string accept =
      fmt::format("if that is meant, look at it and accept it: `gopol source trust {}`", rules.url);
  if (!rules.ref.starts_with("tag ") || rules.ref != last.ref || pulled.commit == last.commit) {
    if (pulled.descends) return Done{};
    return dsl::problem(
        "T6006",
        pulled.is_older
            ? fmt::format("commit {} is older than {}, which was used already",
                          shortened(pulled.commit), shortened(last.commit))
            : fmt::format("commit {} does not come after {}, which was used last: the history was "
                          "rewritten",
                          shortened(pulled.commit), shortened(last.commit)),
        accept);
  }
  return dsl::problem("T6006",
                      fmt::format("{} was moved from {} to {}", rules.ref, shortened(last.commit),
                                  shortened(pulled.commit)),
                      "give the new policy a new tag; " + accept);
}

}  // namespace

Result<Done> check_epoch(const Pulled& pulled, const FloorEntry* last, std::uint64_t epoch) {
  if (last == nullptr || epoch >= last->epoch) return Done{};
  const bool meant =
      std::any_of(pulled.line.begin(), pulled.line.end(), [&](const SignedCommit& commit) {
        return trailer(commit.message, revert) == std::to_string(epoch);
      });
  if (meant) return Done{};
  return dsl::problem(
      "T6007", fmt::format("the epoch went down from {} to {}", last->epoch, epoch),
      fmt::format("if that is meant, a signed commit says so in its message: `{}: {}`", revert,
                  epoch));
}

Result<Done> check_name(const std::string& url, const std::string& wanted, const FloorEntry* last,
                        const std::string& name) {
  const std::string& due = wanted.empty() && last != nullptr ? last->name : wanted;
  if (due.empty() || name == due) return Done{};
  return dsl::problem(
      "T6014",
      fmt::format("the policy of {} {}, not `{}`", url,
                  name.empty() ? "has no name" : fmt::format("is named `{}`", name), due),
      wanted.empty()
          ? fmt::format("if that is meant, look at it and accept it: `gopol source trust {}`", url)
          : fmt::format("whoever may sign begins it with `gopol 1.0 name \"{}\"`", wanted));
}

std::optional<std::string> trailer(const std::string& message, const std::string& name) {
  std::string_view text = message;
  while (text.ends_with('\n')) text.remove_suffix(1);
  const std::size_t gap = text.rfind("\n\n");
  if (gap == text.npos) return {};
  text.remove_prefix(gap + 2);
  const std::string start = name + ": ";
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    if (line.starts_with(start)) return std::string(line.substr(start.size()));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
  }
  return {};
}

Result<Signer> judge(const Pulled& pulled, const FloorEntry* last, const TrustRules& rules,
                     const Programs& programs, std::chrono::system_clock::time_point now) {
  Signer signer;
  if (rules.keys != nullptr) {
    auto found = check_signatures(pulled, last, *rules.keys, programs, now);
    if (!found) return found.error();
    signer = std::move(*found);
    if (auto done = check_dates(pulled, last, now); !done) return done.error();
  }
  if (last != nullptr) {
    if (auto done = check_descent(pulled, *last, rules); !done) return done.error();
  }
  return signer;
}

}  // namespace gopol::engine
