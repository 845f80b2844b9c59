#pragma once

#include <cstring>
#include <optional>

#include "dsl/policy/policy.h"
#include "dsl/syntax/module.h"
#include "dsl/syntax/view.h"

namespace gopol::dsl::lint {

/// What the lints that know no provider look at: a policy that checked without errors, and the
/// texts it was made from.
struct Subject {
  const Program& program;
  const Policy& policy;
  const Schemas& schemas;
  std::optional<Date> today;  ///< nothing: nobody knows
};

/// Whether a text has this word or sign anywhere: most have no use for most lints.
inline bool has_token(const Tree& tree, TokenKind kind) {
  return !tree.kinds.empty() &&
         std::memchr(tree.kinds.data(), static_cast<int>(kind), tree.kinds.size()) != nullptr;
}

/// The same of any text of a program.
inline bool has_token(const Program& program, TokenKind kind) {
  for (const Module& module : program.modules) {
    if (has_token(*module.tree, kind)) return true;
  }
  return false;
}

/// Calls `each(view)` for every V of the texts that are checked themselves, in order; imported ones
/// are linted when they are checked.
template <class V, class Each>
void for_all(const Program& program, Each each) {
  for (const Module& module : program.modules) {
    if (!module.root) continue;
    for (std::uint32_t at = 0; at < module.tree->nodes.size(); ++at) {
      if (V::matches(module.tree->nodes[at].kind)) each(V(*module.tree, at));
    }
  }
}

}  // namespace gopol::dsl::lint
