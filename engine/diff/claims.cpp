#include "engine/diff/claims.h"

#include <fmt/format.h>

#include <map>
#include <string>
#include <utility>

#include "engine/diff/scope.h"

namespace gopol::engine {
namespace {

using dsl::Claim;

using Named = std::vector<std::pair<std::string, const Claim*>>;

Named named(const dsl::Policy& policy) {
  Named out;
  std::map<std::string, std::size_t> seen;
  for (const Claim& claim : policy.claims) {
    std::string name = claim.kind == Claim::Kind::assertion ? "assert " + claim.name
                       : claim.kind == Claim::Kind::cover   ? "cover " + dsl::to_text(claim.slot)
                                                            : "assume";
    const std::size_t count = ++seen[name];
    if (count > 1 || claim.kind == Claim::Kind::assumption) name += fmt::format(" {}", count);
    out.emplace_back(std::move(name), &claim);
  }
  return out;
}

RuleChange change(RuleChange::Kind kind, const std::string& name, const Claim& claim) {
  RuleChange out;
  out.kind = kind;
  out.name = name;
  out.place = claim.span;
  return out;
}

void add_scope(const char* what, ScopeChange change, std::vector<Difference>& out) {
  switch (change) {
    case ScopeChange::same: return;
    case ScopeChange::wider:
      out.push_back({Aspect::other, what, "", "holds more often", Direction::other});
      return;
    case ScopeChange::narrower:
      out.push_back({Aspect::other, what, "", "holds less often", Direction::other});
      return;
    default: out.push_back({Aspect::other, what, "", "differs", Direction::other});
  }
}

}  // namespace

std::vector<RuleChange> compare_claims(const dsl::Policy& was, const dsl::Policy& is) {
  const Named old = named(was), fresh = named(is);
  std::map<std::string, const Claim*> before(old.begin(), old.end());
  std::vector<RuleChange> out;
  for (const auto& [name, claim] : fresh) {
    const auto at = before.find(name);
    if (at == before.end()) {
      out.push_back(change(RuleChange::Kind::added, name, *claim));
      continue;
    }
    RuleChange changed = change(RuleChange::Kind::changed, name, *claim);
    add_scope("when", compare_scopes({at->second->when, was}, {claim->when, is}),
              changed.differences);
    add_scope("that", compare_scopes({at->second->that, was}, {claim->that, is}),
              changed.differences);
    if (!changed.differences.empty()) out.push_back(std::move(changed));
    before.erase(at);
  }
  for (const auto& [name, claim] : old) {
    if (before.contains(name)) out.push_back(change(RuleChange::Kind::removed, name, *claim));
  }
  return out;
}

}  // namespace gopol::engine
