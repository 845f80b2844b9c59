#include "providers/lint/machines.h"

#include <string>
#include <utility>

namespace gopol::providers::lint {
namespace {

using dsl::Atom;
using dsl::Guard;
using dsl::Version;
using Test = dsl::Atom::Test;

constexpr std::size_t most_releases = 31;  // two bits each, and two for Linux

Version apple(std::string text) { return {std::move(text), dsl::VersionScheme::apple}; }

struct Answer {
  bool yes = true, no = true;  ///< may hold of some version of the release, may not of some
};

/// A test of `os.version` against all versions from `first` up to, not including, `end`.
Answer ask(const Atom& atom, const Version& first, const Version& end) {
  const auto inside = [&](const Version& v) {
    return compare(first, v) <= 0 && compare(v, end) < 0;
  };
  if (atom.range) {
    const auto& [low, high] = *atom.range;
    const auto* from = low ? low->value.as<Version>() : nullptr;
    const auto* to = high ? high->value.as<Version>() : nullptr;
    const bool below =
        to != nullptr && (high->included ? compare(*to, first) < 0 : compare(*to, first) <= 0);
    const bool above = from != nullptr && compare(*from, end) >= 0;
    const bool whole = (from == nullptr || compare(*from, first) <= 0) &&
                       (to == nullptr || compare(*to, end) >= 0);
    return {!below && !above, !whole};
  }
  const auto* value = atom.values.empty() ? nullptr : atom.values.front().as<Version>();
  if (value == nullptr) return {};
  switch (atom.test) {
    case Test::equal: return {inside(*value), true};
    case Test::less: return {compare(first, *value) < 0, compare(*value, end) < 0};
    case Test::less_equal: return {compare(first, *value) <= 0, compare(*value, end) < 0};
    case Test::greater:
    case Test::greater_equal: return {compare(*value, end) < 0, compare(first, *value) < 0};
    default: return {};
  }
}

}  // namespace

Kinds::Kinds(const std::vector<MacRelease>& macs) {
  Machines bit = 1;
  linux_ = bit | bit << 1;
  arm64_ = bit;
  for (std::size_t i = macs.size() > most_releases ? macs.size() - most_releases : 0;
       i < macs.size(); ++i) {
    bit <<= 2;
    known_.push_back(macs[i]);
    releases_.push_back(bit | bit << 1);
    arm64_ |= bit;
  }
  all_ = linux_;
  for (const Machines release : releases_) all_ |= release;
}

Machines Kinds::of_arch(std::string_view arch) const {
  return arch == "arm64" ? arm64_ : all_ & ~arm64_;
}

std::vector<Kinds::Where> Kinds::where_shared(const dsl::Policy& policy) const {
  std::vector<Where> out;
  for (const Guard& guard : policy.guards) out.push_back(where(guard, policy, out));
  return out;
}

Kinds::Where Kinds::where(const Guard& guard, const dsl::Policy& policy,
                          const std::vector<Where>& shared) const {
  switch (guard.kind) {
    case Guard::Kind::always: return {all_, 0};
    case Guard::Kind::shared: return shared[guard.shared];
    case Guard::Kind::atom: return where(guard.atom, policy.facts[guard.atom.fact]);
    case Guard::Kind::negation: {
      const Where inner = where(guard.parts.front(), policy, shared);
      return {inner.no, inner.yes};
    }
    case Guard::Kind::all:
    case Guard::Kind::any: break;
  }
  const bool all = guard.kind == Guard::Kind::all;
  Where out = all ? Where{all_, 0} : Where{0, all_};
  for (const Guard& part : guard.parts) {
    const Where one = where(part, policy, shared);
    out.yes = all ? out.yes & one.yes : out.yes | one.yes;
    out.no = all ? out.no | one.no : out.no & one.no;
  }
  return out;
}

Kinds::Where Kinds::where(const Atom& atom, const dsl::Slot& fact) const {
  const auto* word = atom.test == Test::equal ? atom.values.front().as<std::string>() : nullptr;
  if (fact.family == "os" && fact.attribute == "version") return where_version(atom);
  if (word == nullptr) return {all_, all_};
  if (fact.family == "os" && fact.attribute == "family") {
    const Machines is = *word == "macos" ? macs() : *word == "linux" ? linux_ : 0;
    return {is, all_ & ~is};
  }
  if (fact.family == "cpu" && fact.attribute == "arch") {
    const Machines is = of_arch(*word);
    return {is, all_ & ~is};
  }
  return {all_, all_};
}

Kinds::Where Kinds::where_version(const Atom& atom) const {
  Where out{linux_, linux_};
  for (std::size_t i = 0; i < known_.size(); ++i) {
    const Answer answer = ask(atom, apple(known_[i].version), apple(known_[i].end));
    if (answer.yes) out.yes |= releases_[i];
    if (answer.no) out.no |= releases_[i];
  }
  return out;
}

}  // namespace gopol::providers::lint
