#pragma once

namespace gopol::dsl {

/// What a change takes beyond being made, and a person therefore agrees to.
struct Demands {
  bool needs_root = false;
  bool irreversible = false;
  bool needs_person = false;  ///< no program may do it: `apply` only says how
  auto operator<=>(const Demands&) const = default;

  /// All that either takes.
  friend constexpr Demands operator|(const Demands& a, const Demands& b) {
    return {a.needs_root || b.needs_root, a.irreversible || b.irreversible,
            a.needs_person || b.needs_person};
  }
};

}  // namespace gopol::dsl
