#include "cli/workspace/plan/written_by.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "cli/terminal/terminal.h"
#include "engine/encoding/moment.h"

namespace gopol::cli {
namespace {

constexpr std::size_t longest_name = 200;  // characters that are shown

}  // namespace

const engine::BlameCommit* written_by(const Workspace& workspace, dsl::SourceSpan place) {
  const auto at = workspace.bundled.find(place.source.index);
  if (at == workspace.bundled.end()) return nullptr;
  const auto& [bundle, path] = at->second;
  return bundle->blame.find(path, workspace.sources.locate(place.source, place.begin).line);
}

std::vector<std::string> tickets_of(std::string_view because, const engine::BlameCommit* commit) {
  auto out = engine::tickets_in(because);
  if (out.empty() && commit != nullptr) out = engine::tickets_in(commit->message);
  return out;
}

std::vector<std::string> authorship_lines(std::string_view because,
                                          const engine::BlameCommit* commit) {
  std::vector<std::string> out;
  if (commit != nullptr) {
    out.push_back(fmt::format("{:.7} {:.10} {}: {}", commit->commit,
                              engine::moment_text(commit->time),
                              presentable(commit->author, longest_name),
                              presentable(engine::subject_of(commit->message), longest_name)));
    for (const std::string& reviewer : engine::reviewers_in(commit->message))
      out.push_back(presentable(reviewer, longest_name));
  }
  const auto tickets = tickets_of(because, commit);
  if (!tickets.empty()) {
    out.push_back(presentable(
        fmt::format("ticket{} {}", tickets.size() > 1 ? "s" : "", fmt::join(tickets, ", ")),
        longest_name));
  }
  return out;
}

nlohmann::ordered_json authorship_json(const engine::BlameCommit& commit) {
  return {{"commit", commit.commit},
          {"author", commit.author},
          {"time", engine::moment_text(commit.time)},
          {"subject", engine::subject_of(commit.message)},
          {"reviewers", engine::reviewers_in(commit.message)}};
}

}  // namespace gopol::cli
