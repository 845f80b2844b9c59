#include "engine/source/blame_json.h"

#include <limits>
#include <utility>

namespace gopol::engine::detail {
namespace {

std::optional<BlameRun> run_of(const Json& json) {
  constexpr std::uint64_t most = std::numeric_limits<std::uint32_t>::max();
  if (!json.is_array() || json.size() != 2) return {};
  if (!json[0].is_number_unsigned() || !json[1].is_number_unsigned()) return {};
  const auto lines = json[0].get<std::uint64_t>(), commit = json[1].get<std::uint64_t>();
  if (lines > most || commit > most) return {};
  return BlameRun{static_cast<std::uint32_t>(lines), static_cast<std::uint32_t>(commit)};
}

std::optional<BlamedFile> file_of(const Json& json) {
  auto path = bytes_in(json, "path");
  const Json* lines = find(json, "lines");
  if (!path || lines == nullptr || !lines->is_array()) return {};
  BlamedFile out{std::move(*path), {}};
  for (const Json& one : *lines) {
    const auto run = run_of(one);
    if (!run) return {};
    out.runs.push_back(*run);
  }
  return out;
}

}  // namespace

Json json_of(const BlameCommit& commit) {
  return {{"commit", commit.commit},
          {"author", json_text(commit.author)},
          {"time", moment_text(commit.time)},
          {"message", json_text(commit.message)}};
}

std::optional<BlameCommit> blame_commit_of(const Json& json) {
  const auto time = moment_of(text_in(json, "time"));
  auto author = bytes_in(json, "author"), message = bytes_in(json, "message");
  if (!time || !author || !message) return {};
  return BlameCommit{text_in(json, "commit"), std::move(*author), *time, std::move(*message)};
}

Json json_of(const Blame& blame) {
  Json commits = Json::array(), files = Json::array();
  for (const BlameCommit& one : blame.commits) commits.push_back(json_of(one));
  for (const BlamedFile& file : blame.files) {
    Json lines = Json::array();
    for (const BlameRun& run : file.runs) lines.push_back(Json::array({run.lines, run.commit}));
    files.push_back({{"path", json_text(file.path)}, {"lines", std::move(lines)}});
  }
  return {{"commits", std::move(commits)}, {"files", std::move(files)}};
}

std::optional<Blame> blame_of(const Json& json) {
  const Json *commits = find(json, "commits"), *files = find(json, "files");
  if (commits == nullptr || !commits->is_array() || files == nullptr || !files->is_array())
    return {};
  Blame out;
  for (const Json& one : *commits) {
    auto commit = blame_commit_of(one);
    if (!commit) return {};
    out.commits.push_back(std::move(*commit));
  }
  for (const Json& one : *files) {
    auto file = file_of(one);
    if (!file) return {};
    out.files.push_back(std::move(*file));
  }
  return out;
}

}  // namespace gopol::engine::detail
