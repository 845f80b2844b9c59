#include "cli/workspace/diff_sides.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <optional>
#include <utility>

#include "cli/workspace/policy_file.h"
#include "cli/workspace/policy_files.h"
#include "cli/workspace/policy_imports.h"
#include "dsl/check/check.h"
#include "engine/source/policy_range.h"

namespace gopol::cli {
namespace {

/// What a commit without a policy asks of a machine.
constexpr const char* empty_policy = "gopol 1.0\n";

/// A file, or all policies of a folder.
dsl::Result<DiffSide> side_named(const std::string& name) {
  std::vector<std::string> files{name};
  std::error_code error;
  if (std::filesystem::is_directory(name, error)) {
    files.clear();
    for (const auto& entry : std::filesystem::directory_iterator(name, error)) {
      if (entry.path().extension() == ".policy") files.push_back(entry.path().string());
    }
    std::sort(files.begin(), files.end());
    if (files.empty())
      return dsl::problem("P0001", fmt::format("no policy in {}", name), "name another folder");
  }
  DiffSide out{name, {}};
  for (const std::string& file : files) {
    auto text = read_policy(file);
    if (!text) return text.error();
    out.texts.push_back({file, std::move(*text), file, ""});
  }
  return out;
}

/// `A..B`, `A...B`, `A..`, `..B`; nothing if it is a file, or neither end is said.
std::optional<engine::CommitRange> range_of(const std::string& text) {
  const std::size_t dots = text.find("..");
  std::error_code error;
  if (dots == std::string::npos || std::filesystem::exists(text, error)) return {};
  const bool three = text.compare(dots, 3, "...") == 0;
  engine::CommitRange out{absolute("."), text.substr(0, dots), text.substr(dots + (three ? 3 : 2)),
                          three};
  const bool is_path = out.base.starts_with('/') || out.head.starts_with('/');
  if ((out.base.empty() && out.head.empty()) || is_path) return {};
  if (out.base.empty()) out.base = "HEAD";
  if (out.head.empty()) out.head = "HEAD";
  return out;
}

/// Names of places in the old policy tell its commit; those in the new one are what lies there, as
/// annotations need it.
DiffSide side_at(engine::RangeEnd end, bool is_old, const dsl::Path& folder,
                 const engine::NetSettings& settings) {
  const std::string short_commit = end.commit.substr(0, 7);
  if (end.path.empty()) {
    const std::string name = fmt::format("no policy @ {}", short_commit);
    return {name, {{name, empty_policy, "", end.commit}}};
  }
  const std::string suffix = " @ " + short_commit;
  DiffSide out{end.path + suffix, {}};
  PolicyText text{is_old ? out.name : end.path, std::move(end.text), end.path, end.commit};
  if (is_old) text.suffix = suffix;
  text.read = [folder, settings, commit = end.commit](const std::string& path) {
    return engine::read_commit_file(settings, folder, commit, path);
  };
  out.texts.push_back(std::move(text));
  return out;
}

dsl::Result<DiffSides> sides_in(const engine::CommitRange& range, const std::string& path,
                                const Workspace& workspace) {
  const engine::NetSettings settings = net_settings(workspace.config);
  auto ends = engine::read_range(settings, range, path);
  if (!ends) return ends.error();
  return DiffSides{side_at(std::move(ends->was), true, range.folder, settings),
                   side_at(std::move(ends->is), false, range.folder, settings)};
}

}  // namespace

dsl::Result<DiffSides> diff_sides(const Options& options, const Workspace& workspace) {
  if (options.arguments.size() == 1) {
    if (const auto range = range_of(options.arguments.front())) {
      return sides_in(*range, options.path, workspace);
    }
    return dsl::problem("P0001", "diff compares two policies",
                        "write `gopol diff OLD NEW`, or `gopol diff BASE..HEAD` for two commits");
  }
  if (!options.path.empty()) {
    return dsl::problem("P0001", "`--path` goes with a range of commits",
                        "write `gopol diff BASE..HEAD --path FILE`");
  }
  auto was = side_named(options.arguments[0]);
  if (!was) return was.error();
  auto is = side_named(options.arguments[1]);
  if (!is) return is.error();
  return DiffSides{std::move(*was), std::move(*is)};
}

dsl::Result<dsl::Policy> policy_of(DiffSide& side, Workspace& workspace) {
  dsl::Diagnostics warnings;
  auto program = load_program(side.texts, workspace, warnings);
  if (!program) return program.error();
  auto policy = dsl::check(*program, workspace.schemas, warnings);
  if (!policy) return policy.error();
  if (auto brought = bring_files(side.texts, workspace, *policy); !brought) return brought.error();
  return policy;
}

}  // namespace gopol::cli
