#include "cli/workspace/check_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "cli/terminal/terminal.h"
#include "cli/workspace/lint.h"
#include "cli/workspace/policy_file.h"
#include "cli/workspace/policy_imports.h"
#include "dsl/check/check.h"

namespace gopol::cli {
namespace {

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

/// Checks one file and what it imports; all of its diagnostics.
dsl::Diagnostics check_one(const std::string& file, bool notes, Workspace& workspace,
                           Checked& checked) {
  checked = {};
  auto text = read_policy(file);
  if (!text) return text.error();
  std::vector<PolicyText> texts{{file, std::move(*text), file, ""}};
  checked.id = workspace.sources.next();
  dsl::Diagnostics out;
  auto program = load_program(texts, workspace, out);
  if (!program) {
    out.insert(out.end(), program.error().begin(), program.error().end());
    return out;
  }
  checked.program = std::move(*program);
  auto policy = dsl::check(*checked.program, workspace.schemas, out);
  if (!policy) {
    out.insert(out.end(), policy.error().begin(), policy.error().end());
    return out;
  }
  checked.policy = std::move(*policy);
  warn_of_expired_waivers(*checked.policy, workspace, out);
  const dsl::Diagnostics linted = lint(*checked.program, *checked.policy, workspace, notes);
  out.insert(out.end(), linted.begin(), linted.end());
  dsl::sort(out);
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

std::vector<std::string> files_named(const Options& options, dsl::Diagnostics& errors) {
  if (!options.arguments.empty()) return options.arguments;
  auto found = find_policy("");
  if (found) return {*found};
  errors = found.error();
  return {};
}

dsl::Diagnostics check_file(const std::string& file, bool fix, bool notes, Workspace& workspace,
                            Checked& checked) {
  dsl::Diagnostics found = check_one(file, notes, workspace, checked);
  if (!fix || found.empty() || !checked.id) return found;
  const auto count = fix_file(file, found, workspace, *checked.id);
  if (!count) return count.error();
  if (*count == 0) return found;
  print_error(fmt::format("{}: {} fixed\n", file, *count));
  return check_one(file, notes, workspace, checked);
}

}  // namespace gopol::cli
