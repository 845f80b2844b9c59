#pragma once

#include <string>
#include <vector>

#include "dsl/value/diagnostic.h"
#include "engine/plan/facts.h"
#include "providers/lint/knowledge.h"

namespace gopol::providers {

/// Something that is not well on a machine, whatever a policy says.
struct Ailment {
  dsl::Severity severity = dsl::Severity::warning;
  std::string what;  ///< in one line
  std::string mend;  ///< what to do, a command where there is one; empty: nothing can be done
  auto operator<=>(const Ailment&) const = default;
};

/// What the facts of a machine show by themselves: values that go would refuse, findings of the
/// providers, tools that do not work, what cannot be known. `facts` holds all that can be listed.
std::vector<Ailment> ailments(const engine::Facts& facts, const dsl::Schemas& schemas,
                              const engine::Host& host);

/// Who may not use sudo is told whom to ask.
void address_to_user(std::vector<Ailment>& ailments, const engine::Host& host);

/// What is known of releases and not of policies: a macOS without updates.
std::vector<Ailment> aged_system(const engine::Facts& facts, const lint::Knowledge& knowledge);

}  // namespace gopol::providers
