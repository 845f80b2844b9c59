#pragma once

#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "dsl/policy/policy.h"
#include "dsl/policy/schema.h"
#include "dsl/syntax/expression.h"
#include "dsl/syntax/views.h"
#include "dsl/value/diagnostic.h"

namespace gopol::dsl::checking {

struct Scope;

/// A fact or slot that a reference names, and its shape.
struct Named {
  Slot slot;
  const Type* type = nullptr;            ///< of the value; of an element's, if there is one
  bool context = false;                  ///< fixed during a run
  std::optional<std::uint32_t> element;  ///< `GOPROXY[0]`: of a list
};

/// What a name stands for: the expression of its `let`, an argument, one element of a loop's list.
struct Binding {
  Expression value;
  const Scope* home = nullptr;  ///< where the names in `value` are looked up
  SourceSpan span;              ///< of the name where it was given its value
  bool parameter = false;
  mutable bool used = false;
};

/// Names of one text, profile or loop; inner scopes look outward. Never moved once it has names.
struct Scope {
  const Scope* outer = nullptr;
  std::unordered_map<std::string_view, Binding> names;

  const Binding* find(std::string_view name) const {
    for (const Scope* at = this; at != nullptr; at = at->outer) {
      const auto found = at->names.find(name);
      if (found != at->names.end()) return &found->second;
    }
    return nullptr;
  }
};

/// An expression and where its names are looked up: an argument is written in one place and used
/// in another.
struct Scoped {
  Expression expression;
  const Scope* scope = nullptr;
};

/// What one check works with and fills.
struct Context {
  const Schemas& schemas;
  Policy& policy;
  Diagnostics& errors;
  Diagnostics& warnings;
  std::unordered_map<std::string_view, Type> labels;  ///< declared labels and their words
  std::unordered_map<Slot, std::uint32_t, SlotHash> fact_index;
  std::unordered_map<std::uint32_t, SourceSpan> fact_places;  ///< where a guard first reads a fact
  std::size_t expanded = 0;                                   ///< loop rounds so far
  bool after_convergence = false;  ///< what is read now is read when all is done: it may be written
  std::deque<Type> made_types = {};                        ///< of elements of lists; never moved
  std::unordered_map<std::string_view, Named> named = {};  ///< references that were resolved before
  /// What conditions compare with, by its spelling: kept once, for the type it was last read as.
  struct Compared {
    const Type* type = nullptr;
    SharedList<Value> values;
  };
  std::unordered_map<std::string_view, Compared> compared = {};
  std::vector<Label> trail = {};  ///< the names that the value being read came through

  void error(Diagnostic diagnostic) { errors.push_back(std::move(diagnostic)); }
  void error(std::string code, SourceSpan at, std::string message, std::string label = {},
             std::string help = {}) {
    errors.push_back(
        problem(std::move(code), at, std::move(message), std::move(label), std::move(help)));
  }
  /// The number of a fact that the policy reads.
  std::uint32_t fact(const Slot& slot);
};

/// Adds a safe fix that replaces `span`, with `title` as help too.
Diagnostic with_fix(Diagnostic diagnostic, std::string title, SourceSpan span, std::string text);

}  // namespace gopol::dsl::checking
