#include "dsl/lint/table.h"

#include "dsl/lint/conditions.h"
#include "dsl/lint/facts.h"
#include "dsl/lint/governance.h"
#include "dsl/lint/style.h"

namespace gopol::dsl::lint {
namespace {

constexpr Severity warning = Severity::warning, note = Severity::note;

// clang-format off
constexpr Lint<Subject> lints[] = {
    {"L302", warning, "the same condition twice in one `and` or `or`", repeated_operands},
    {"L303", warning, "`!=` of a fact that may be absent", unequal_to_absent},
    {"L306", warning, "a pattern without `*` and `?`", plain_patterns},
    {"L307", warning, "a pattern that matches everything", patterns_for_all},
    {"L308", warning, "a closed range that ends at the first release of a series", closed_version_ranges},
    {"L311", note,    "an `enforce` rule that does not say what to do about what is unknown", silently_unknown},
    {"L601", note,    "an `enforce` rule without `because`", rules_without_reason},
    {"L602", note,    "a rule that nobody owns", rules_without_owner},
    {"L603", warning, "a waiver for more than 180 days, or for less than 14 more", waivers_of_odd_length},
    {"L605", warning, "an override of another file's rule that names no ticket", overrides_without_ticket},
    {"L606", note,    "a kind of resource that no `cover` speaks of", kinds_without_cover},
    {"L608", warning, "a variable or import that nothing uses", unused_names},
    {"L701", note,    "a name that is not in snake_case", odd_names},
    {"L702", note,    "a profile of more than 300 lines", long_profiles},
    {"L703", note,    "`not (a != b)`", twofold_negations},
};
// clang-format on

}  // namespace

std::span<const Lint<Subject>> general_lints() { return lints; }

}  // namespace gopol::dsl::lint
