#include <fmt/format.h>

#include <algorithm>
#include <span>
#include <utility>
#include <vector>

#include "cli/commands.h"
#include "cli/diagnostics_json.h"
#include "cli/policy_file.h"
#include "cli/terminal.h"
#include "cli/workspace.h"
#include "dsl/check.h"
#include "dsl/format.h"
#include "dsl/parse.h"

namespace gopol::cli {
namespace {

std::vector<std::string> files_of(const Options& options, dsl::Diagnostics& errors) {
  if (!options.arguments.empty()) return options.arguments;
  auto found = find_policy("");
  if (found) return {*found};
  errors = found.error();
  return {};
}

/// The text with all safe edits made; edits that overlap an earlier one are left for the next run.
std::string fixed(std::string text, const dsl::Diagnostics& diagnostics, dsl::SourceId id,
                  std::size_t& count) {
  std::vector<dsl::Edit> edits;
  for (const auto& diagnostic : diagnostics) {
    for (const auto& fix : diagnostic.fixes) {
      const bool mine = fix.safety == dsl::Safety::safe && !fix.edits.empty() &&
                        fix.edits.front().span.source == id;
      if (mine) edits.insert(edits.end(), fix.edits.begin(), fix.edits.end());
    }
  }
  std::stable_sort(edits.begin(), edits.end(), [](const dsl::Edit& a, const dsl::Edit& b) {
    return a.span.begin > b.span.begin;
  });
  std::size_t free_until = text.size() + 1;
  for (const dsl::Edit& edit : edits) {
    if (edit.span.end > free_until || edit.span.end > text.size()) continue;
    text.replace(edit.span.begin, edit.span.end - edit.span.begin, edit.text);
    free_until = edit.span.begin;
    ++count;
  }
  return text;
}

/// Checks one file; all of its diagnostics.
dsl::Diagnostics check_one(const std::string& file, Workspace& workspace, dsl::SourceId& id) {
  auto text = read_policy(file);
  if (!text) return text.error();
  id = workspace.sources.add(file, std::move(*text));
  dsl::Diagnostics out;
  const dsl::Tree tree = dsl::parse(id, workspace.sources, out);
  if (dsl::has_errors(out)) return out;
  const auto policy = dsl::check(std::span(&tree, 1), workspace.schemas, out);
  if (!policy) out.insert(out.end(), policy.error().begin(), policy.error().end());
  return out;
}

dsl::Result<std::size_t> fix_file(const std::string& file, const dsl::Diagnostics& diagnostics,
                                  const Workspace& workspace, dsl::SourceId id) {
  std::size_t count = 0;
  const std::string text = fixed(std::string(workspace.sources.text(id)), diagnostics, id, count);
  if (count == 0) return count;
  if (auto written = write_policy(file, text); !written) return written.error();
  return count;
}

}  // namespace

Exit exit_of(const dsl::Diagnostics& errors) {
  Exit out = Exit::clean;
  for (const dsl::Diagnostic& error : errors) {
    if (error.severity != dsl::Severity::error) continue;
    if (error.code == "P0001") {
      out = worse(out, Exit::usage);
    } else if (error.code.starts_with('T')) {
      out = worse(out, Exit::not_trusted);
    } else if (error.code.starts_with('R')) {
      out = worse(out, Exit::not_converged);
    } else {
      out = worse(out, Exit::findings);
    }
  }
  return out;
}

Exit check_command(const Options& options) {
  Workspace workspace;
  dsl::Diagnostics all;
  if (auto opened = open_workspace(options, Access::read, workspace); !opened) all = opened.error();
  const auto files = all.empty() ? files_of(options, all) : std::vector<std::string>{};
  for (const std::string& file : files) {
    dsl::SourceId id;
    dsl::Diagnostics found = check_one(file, workspace, id);
    if (options.fix && !found.empty()) {
      auto count = fix_file(file, found, workspace, id);
      if (!count) {
        found = count.error();
      } else if (*count > 0) {
        print_error(fmt::format("{}: {} fixed\n", file, *count));
        found = check_one(file, workspace, id);
      }
    }
    all.insert(all.end(), found.begin(), found.end());
  }
  if (options.json) {
    print(diagnostics_json(all, workspace.sources));
  } else {
    report(all, workspace.sources);
    if (!dsl::has_errors(all)) {
      print(fmt::format("{} polic{} checked, no errors\n", files.size(),
                        files.size() == 1 ? "y" : "ies"));
    }
  }
  return exit_of(all);
}

Exit fmt_command(const Options& options) {
  dsl::SourceMap sources;
  dsl::Diagnostics all;
  Exit exit = Exit::clean;
  const auto files = files_of(options, all);
  for (const std::string& file : files) {
    auto text = read_policy(file);
    if (!text) {
      all.insert(all.end(), text.error().begin(), text.error().end());
      continue;
    }
    const dsl::SourceId id = sources.add(file, *text);
    const dsl::Tree tree = dsl::parse(id, sources, all);
    const std::string formatted = dsl::format(tree);
    if (formatted == *text) continue;
    if (options.check_only) {
      print(fmt::format("{} is not formatted\n", file));
      exit = worse(exit, Exit::findings);
    } else if (auto written = write_policy(file, formatted); !written) {
      all.insert(all.end(), written.error().begin(), written.error().end());
    } else {
      print(fmt::format("{} formatted\n", file));
    }
  }
  report(all, sources);
  return worse(exit, exit_of(all));
}

}  // namespace gopol::cli
