#include "providers/lint/macos_versions.h"

#include <fmt/format.h>

#include <string>
#include <utility>
#include <vector>

namespace gopol::providers::lint {
namespace {

using dsl::Version;

/// The versions that a test of `os.version` asks for, if it asks for two ends or one value.
struct Asked {
  const Version* low = nullptr;
  const Version* high = nullptr;
};

Asked asked(const dsl::Atom& atom) {
  if (atom.range && atom.range->low && atom.range->high)
    return {atom.range->low->value.as<Version>(), atom.range->high->value.as<Version>()};
  if (atom.test != Test::equal || atom.values.empty()) return {};
  const auto* one = atom.values.front().as<Version>();
  return {one, one};
}

/// Apple left numbers out: the releases before and after those that a condition asks for, if it
/// asks for no others.
struct Hole {
  const MacRelease* before = nullptr;
  const MacRelease* after = nullptr;
};

Hole hole(const Asked& asked, const std::vector<MacRelease>& releases) {
  for (std::size_t i = 1; i < releases.size(); ++i) {
    const Version end{releases[i - 1].end, dsl::VersionScheme::apple};
    const Version next{releases[i].version, dsl::VersionScheme::apple};
    if (compare(end, *asked.low) <= 0 && compare(*asked.high, next) <= 0 &&
        compare(*asked.low, next) < 0)
      return {&releases[i - 1], &releases[i]};
  }
  return {};
}

/// Looks at the conditions of rules that are about Macs alone; a profile's once.
class Holes {
 public:
  explicit Holes(const Subject& subject)
      : subject_(subject), looked_(subject.policy().guards.size(), false) {}

  void look(const dsl::Guard& guard) {
    if (guard.kind == dsl::Guard::Kind::atom) return look(guard.atom, guard.span);
    if (guard.kind == dsl::Guard::Kind::shared && !looked_[guard.shared]) {
      looked_[guard.shared] = true;
      look(subject_.policy().guards[guard.shared]);
    }
    for (const dsl::Guard& part : guard.parts) look(part);
  }

  Diagnostics found;

 private:
  void look(const dsl::Atom& atom, dsl::SourceSpan span) {
    const dsl::Slot& fact = subject_.policy().facts[atom.fact];
    if (fact.family != "os" || fact.attribute != "version") return;
    const Asked versions = asked(atom);
    if (versions.low == nullptr || versions.high == nullptr) return;
    const auto [before, after] = hole(versions, subject_.knowledge().macs);
    if (before == nullptr) return;
    found.push_back(finding(
        span, fmt::format("there is no such macOS: {} follows {}", after->version, before->version),
        "holds on no Mac",
        fmt::format("did you mean macOS {} ({})?", after->version, after->name)));
  }

  const Subject& subject_;
  std::vector<bool> looked_;
};

}  // namespace

Diagnostics systems_without_updates(const Subject& subject) {
  const Kinds& kinds = subject.kinds();
  Machines updated = kinds.all() & ~kinds.macs();
  for (std::size_t i = 0; i < kinds.releases().size(); ++i) {
    if (kinds.releases()[i].updates) updated |= kinds.of_release(i);
  }
  const auto is_old = [&](Machines where) { return where != 0 && (where & updated) == 0; };
  Diagnostics out;
  for (std::size_t i = 0; i < subject.policy().rules.size(); ++i) {
    if (!is_old(subject.where()[i])) continue;
    // A profile's condition is told once, not for each of its rules.
    const dsl::Guard* guard = &subject.policy().rules[i].guard;
    for (const dsl::Guard& part : guard->parts) {
      if (part.kind == dsl::Guard::Kind::shared && is_old(subject.where_shared()[part.shared].yes))
        guard = &part;
    }
    if (guard->kind == dsl::Guard::Kind::shared) guard = &subject.policy().guards[guard->shared];
    out.push_back(
        finding(guard->span, "this holds only on systems that get no more security updates",
                "old macOS", "ask for an update of macOS instead, or set a date for its end"));
  }
  return out;
}

Diagnostics systems_that_are_not(const Subject& subject) {
  Holes holes(subject);
  const Machines linux = subject.kinds().all() & ~subject.kinds().macs();
  for (std::size_t i = 0; i < subject.policy().rules.size(); ++i) {
    // Versions of a Linux are numbers of their own.
    if ((subject.where()[i] & linux) == 0) holes.look(subject.policy().rules[i].guard);
  }
  return std::move(holes.found);
}

}  // namespace gopol::providers::lint
