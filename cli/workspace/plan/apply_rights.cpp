#include "cli/workspace/plan/apply_rights.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>

namespace gopol::cli {

using engine::ItemState;

dsl::Diagnostics forbidden_unsigned(const engine::Planned& planned, const Workspace& workspace) {
  dsl::Diagnostics out;
  for (const engine::Item& item : planned.plan.items) {
    if (item.state != ItemState::change) continue;
    const dsl::Schema* family = workspace.schemas.find(item.slot.family);
    const auto& attributes = family->attributes;
    const auto shape = std::find_if(attributes.begin(), attributes.end(),
                                    [&](const auto& a) { return a.name == item.slot.attribute; });
    const bool code = item.rule != engine::no_rule && shape != attributes.end() &&
                      shape->runs_code != nullptr &&
                      (item.target.is_unknown() || shape->runs_code(item.slot, item.target));
    if (!code && !item.demands.needs_root) continue;
    out.push_back(
        dsl::problem("T6001", item.place,
                     fmt::format("an unsigned policy may not set `{}`: it would {}",
                                 dsl::to_text(item.slot), code ? "run code" : "touch root's files"),
                     code ? "runs code" : "needs root",
                     "put the policy into a signed source, or leave this to its owner"));
  }
  return out;
}

bool is_root() { return ::geteuid() == 0; }

}  // namespace gopol::cli
