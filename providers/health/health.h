#pragma once

#include "engine/plan/facts.h"
#include "providers/health/ailment.h"
#include "providers/lint/knowledge.h"

namespace gopol::providers {

/// What the facts of a machine show by themselves: values that go would refuse, findings of the
/// providers, tools that do not work, what cannot be known. `facts` holds all that can be listed.
Ailments ailments(const engine::Facts& facts, const dsl::Schemas& schemas,
                  const engine::Host& host);

/// Who may not use sudo is told whom to ask.
void address_to_user(Ailments& ailments, const engine::Host& host);

/// What is known of releases and not of policies: a macOS without updates.
Ailments aged_system(const engine::Facts& facts, const lint::Knowledge& knowledge);

}  // namespace gopol::providers
