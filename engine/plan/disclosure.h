#pragma once

#include "dsl/policy/allowed.h"
#include "dsl/policy/schema.h"
#include "dsl/value/value.h"
#include "engine/plan/plan.h"

namespace gopol::engine {

/// Whether what a machine holds at a slot is free text that only its owner may read: content and
/// lines of files, variables of a profile, headers and passwords of git. Of a variable that is
/// known to say no more than which program or folder, false.
bool is_private(const dsl::Slot& slot);
/// Whether the value is one of those, or a secret shows in it by its form.
bool may_hold_secret(const dsl::Slot& slot, const dsl::Value& value);

/// What may be printed of a value that a machine holds: of a private one a mark, of a list a mark
/// for each element that no policy names in `wanted`. What is compared and written is the value
/// itself. Secrets that show by their form are left to the door that everything printed goes
/// through.
dsl::Value shown(const dsl::Slot& slot, dsl::Value value, const dsl::Allowed* wanted = nullptr);

/// What may be printed of what a policy permits: content and lines are as public as the policy;
/// variables and headers are not.
dsl::Allowed shown(const dsl::Slot& slot, dsl::Allowed wanted);

/// Of a value that a policy asks for.
dsl::Value shown_target(const dsl::Slot& slot, dsl::Value value, const dsl::Allowed& wanted);

/// What the machine had before gopol came and gets back, which no policy asks for: as private as
/// what it has.
dsl::Allowed shown_before(const dsl::Slot& slot, dsl::Allowed before);

/// The same of a line of a plan, of a policy or given back.
dsl::Value shown_current(const Item& item);
dsl::Allowed shown_wanted(const Item& item);
dsl::Value shown_target(const Item& item);

}  // namespace gopol::engine
