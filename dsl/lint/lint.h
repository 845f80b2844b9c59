#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "dsl/value/diagnostic.h"

namespace gopol::dsl::lint {

/// One thing that a policy may say without being wrong, and that somebody will regret. The tables
/// of lints are the only place that knows their codes and levels; share/explain has a page on each.
template <class Subject>
struct Lint {
  std::string_view code;
  Severity level = Severity::warning;
  std::string_view what;  ///< one line: what it is about
  /// All places; code and severity are left to the table.
  Diagnostics (*find)(const Subject&);
};

/// What lists of lints need of one.
struct LintName {
  std::string_view code;
  Severity level = Severity::warning;
  std::string_view what;
};

/// By place, and each once: a rule that several profiles inherit says everything several times.
void unite(Diagnostics& diagnostics);

/// Those that are no milder than `least`.
template <class Subject>
Diagnostics run(std::span<const Lint<Subject>> lints, const Subject& subject,
                Severity least = Severity::note) {
  Diagnostics out;
  for (const auto& lint : lints) {
    if (lint.level > least) continue;
    for (Diagnostic& found : lint.find(subject)) {
      found.code = lint.code;
      found.severity = lint.level;
      out.push_back(std::move(found));
    }
  }
  unite(out);
  return out;
}

/// A finding: what is said where, and what to do.
inline Diagnostic finding(SourceSpan at, std::string message, std::string label,
                          std::string help = {}) {
  return problem({}, at, std::move(message), std::move(label), std::move(help));
}

}  // namespace gopol::dsl::lint
