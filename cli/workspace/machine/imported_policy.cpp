#include "cli/workspace/machine/imported_policy.h"

#include <fmt/format.h>

#include <span>
#include <utility>

#include "cli/workspace/import_text.h"
#include "dsl/check/check.h"
#include "dsl/syntax/format.h"
#include "dsl/syntax/parse.h"
#include "engine/plan/planning.h"
#include "engine/real/confine.h"

namespace gopol::cli {
namespace {

/// The policy in the one format, proved: it checks, and a plan on the same machine is empty.
dsl::Result<std::string> proved(const std::string& text, Workspace& workspace) {
  dsl::Diagnostics found;
  const auto id = workspace.sources.add("import.policy", text);
  dsl::Tree tree = dsl::parse(id, workspace.sources, found);
  if (dsl::has_errors(found)) return found;
  auto policy = dsl::check(std::span(&tree, 1), workspace.schemas, found);
  if (!policy) return policy.error();
  const auto planned = engine::plan_on(*policy, workspace.world(), {});
  if (!planned) return planned.error();
  if (!planned->plan.problems.empty()) return planned->plan.problems;
  for (const engine::Item& item : planned->plan.items) {
    const bool moves = item.target == item.current;  // a block of gopol's that stands elsewhere
    if (item.state != engine::ItemState::change || moves) continue;
    found.push_back(dsl::problem("R4004", item.place,
                                 fmt::format("`{}` was read as {}, and a plan would change it",
                                             dsl::to_text(item.slot), dsl::to_text(item.current)),
                                 "read here", "please report this"));
  }
  if (!found.empty()) return found;
  return dsl::format(tree);
}

}  // namespace

dsl::Result<std::string> imported_policy(Workspace& workspace) {
  dsl::Result<std::string> out = std::string();
  engine::run_confined([&] {
    engine::Facts facts;
    out = proved(import_text(workspace.world(), facts), workspace);
  });
  return out;
}

}  // namespace gopol::cli
