#pragma once

#include <functional>
#include <string>
#include <unordered_map>
#include <vector>

#include "dsl/lint/lint.h"
#include "dsl/policy/policy.h"
#include "providers/lint/knowledge.h"
#include "providers/lint/machines.h"

namespace gopol::providers::lint {

using dsl::Diagnostic;
using dsl::Diagnostics;
using dsl::lint::finding;

/// One assertion, of which rule, and where it may apply.
struct Said {
  const dsl::Policy::Rule* rule = nullptr;
  const dsl::Assertion* assertion = nullptr;
  Machines where = 0;

  dsl::SourceSpan span() const { return assertion->span; }
  /// The one value that `=` gives; nullptr if it leaves a choice, or is an edit.
  const dsl::Value* value() const;
  /// The elements of lists, or the text: what `=`, `in` and `includes` name.
  std::vector<std::string> items() const;
};

/// A finding about an assertion. Related: the names that its value came through, and how its rule
/// got here, so that whoever extends a library sees a line of his own.
Diagnostic finding(const Said& said, std::string message, std::string label, std::string help);

/// What the lints that know Go and macOS look at: a checked policy, its assertions by what they are
/// about, and what is known about releases.
class Subject {
 public:
  Subject(const dsl::Policy& policy, const Knowledge& knowledge);

  const dsl::Policy& policy() const { return policy_; }
  const Knowledge& knowledge() const { return knowledge_; }
  const Kinds& kinds() const { return kinds_; }

  /// All that is said about an attribute of a family, whatever the key, in the rules' order.
  const std::vector<Said>& about(dsl::Name family, dsl::Name attribute) const;
  const std::vector<Said>& about_env(dsl::Name variable) const { return about("go.env", variable); }
  /// Where each rule may apply; as many as the policy has rules.
  const std::vector<Machines>& where() const { return where_; }
  /// Where the condition that a profile's rules share may hold.
  const std::vector<Kinds::Where>& where_shared() const { return where_shared_; }

  /// Whether a rule that applies there is about Macs: not as well about all of them and Linux.
  bool is_about_macs(Machines where) const {
    return (where & kinds_.macs()) != 0 && where != kinds_.all();
  }

 private:
  const dsl::Policy& policy_;
  const Knowledge& knowledge_;
  Kinds kinds_;
  std::vector<Kinds::Where> where_shared_;
  std::vector<Machines> where_;
  std::unordered_map<dsl::Slot, std::vector<Said>, dsl::SlotHash> about_;  ///< slots without key
};

/// Finds, for a set of machines, something that was said for one of them: the first, without
/// looking at all pairs.
class FirstSaid {
 public:
  void add(const Said& said);
  const Said* on(Machines where) const;

 private:
  Machines known_ = 0;
  std::vector<const Said*> first_ = std::vector<const Said*>(64, nullptr);
};

}  // namespace gopol::providers::lint
