#pragma once

#include <string>
#include <vector>

#include "dsl/value/diagnostic.h"
#include "dsl/value/result.h"

namespace gopol::cli {

/// What `--fail-on` says: the mildest severity that makes a command exit 1, and codes that do so
/// whatever their severity.
struct FailOn {
  dsl::Severity level = dsl::Severity::error;
  std::vector<std::string> codes;

  bool operator()(const dsl::Diagnostic& diagnostic) const;
};

/// `warning`, `L409,L603`, or both kinds of words. Errors: P0001 for a word that is neither.
dsl::Result<FailOn> parse_fail_on(const std::string& text);

}  // namespace gopol::cli
