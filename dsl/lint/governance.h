#pragma once

#include "dsl/lint/subject.h"

namespace gopol::dsl::lint {

// Who wants a rule, why, and for how long.
Diagnostics rules_without_reason(const Subject& subject);      ///< L601
Diagnostics rules_without_owner(const Subject& subject);       ///< L602
Diagnostics waivers_of_odd_length(const Subject& subject);     ///< L603
Diagnostics overrides_without_ticket(const Subject& subject);  ///< L605
Diagnostics kinds_without_cover(const Subject& subject);       ///< L606

}  // namespace gopol::dsl::lint
