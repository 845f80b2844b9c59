#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "cli/workspace/workspace.h"
#include "engine/source/blame.h"

namespace gopol::cli {

/// The commit that wrote the line of a place, as it was noted when the policy was pulled; nullptr
/// for local files, and for what comes with gopol. Lives as long as the workspace.
const engine::BlameCommit* written_by(const Workspace& workspace, dsl::SourceSpan place);

/// What a rule is about, for those who keep tickets: from its `because`, else from the commit.
std::vector<std::string> tickets_of(std::string_view because, const engine::BlameCommit* commit);

/// `3f1c2aa 2026-11-01 Ann <ann@corp.example>: keep module paths inside`, a line for each reviewer,
/// one for the tickets. No commit: at most the tickets.
std::vector<std::string> authorship_lines(std::string_view because,
                                          const engine::BlameCommit* commit);

/// {"commit", "author", "time", "subject", "reviewers"}
nlohmann::ordered_json authorship_json(const engine::BlameCommit& commit);

}  // namespace gopol::cli
