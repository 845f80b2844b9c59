#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "dsl/value/value.h"
#include "providers/lint/knowledge.h"

namespace gopol::providers::lint {

/// What a Go release meets on one machine; nothing: it is not known.
struct Here {
  std::optional<dsl::Version> macos, tools;  ///< tools: the selected Xcode or Command Line Tools
  std::string flags;                         ///< GOFLAGS
};

/// The pairs that are so here, in the order of the table: the worst first.
std::vector<const BadPair*> pairs_here(const dsl::Version& go, const Here& here,
                                       std::span<const BadPair> pairs);

/// What is written below: the way around, else what will be seen when, and the issue.
std::string advice(const BadPair& pair);

}  // namespace gopol::providers::lint
