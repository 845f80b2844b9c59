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
  /// What mends it on a machine, where nobody can be told to write a policy otherwise; `@` stands
  /// for what the finding is about. Empty: what its help says.
  std::string_view mend = {};
};

/// What lists of lints need of one.
struct LintName {
  std::string_view code;
  Severity level = Severity::warning;
  std::string_view what;
};

/// `pattern` with `about` in place of each `@`.
std::string mend_for(std::string_view pattern, std::string_view about);

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
      if (found.mend.empty()) found.mend = mend_for(lint.mend, found.about);
      out.push_back(std::move(found));
    }
  }
  unite(out);  // a rule that several profiles inherit says everything several times
  return out;
}

/// A finding: what is said where, and what to do.
inline Diagnostic finding(SourceSpan at, std::string message, std::string label,
                          std::string help = {}) {
  return problem({}, at, std::move(message), std::move(label), std::move(help));
}

}  // namespace gopol::dsl::lint
