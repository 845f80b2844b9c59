#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "cli/command/commands.h"
#include "cli/print/diagnostics_github.h"
#include "cli/print/diagnostics_json.h"
#include "cli/print/diagnostics_sarif.h"
#include "cli/print/fail_on.h"
#include "cli/terminal/exit_of.h"
#include "cli/terminal/terminal.h"
#include "cli/workspace/lint.h"
#include "cli/workspace/policy_file.h"
#include "cli/workspace/policy_imports.h"
#include "cli/workspace/workspace.h"
#include "dsl/check/check.h"
#include "dsl/syntax/format.h"
#include "dsl/syntax/parse.h"

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

/// What was made of one file, kept so that the last is never taken apart: the program ends first.
struct Checked {
  std::optional<dsl::Program> program;
  std::optional<dsl::Policy> policy;
  dsl::SourceId id;
};

/// Checks one file and what it imports; all of its diagnostics.
dsl::Diagnostics check_one(const std::string& file, bool notes, Workspace& workspace,
                           Checked& checked) {
  auto text = read_policy(file);
  if (!text) return text.error();
  std::vector<PolicyText> texts{{file, std::move(*text), file, ""}};
  checked = {{}, {}, workspace.sources.next()};
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

dsl::Diagnostics check_and_fix(const std::string& file, bool fix, bool notes, Workspace& workspace,
                               Checked& checked) {
  dsl::Diagnostics found = check_one(file, notes, workspace, checked);
  if (!fix || found.empty()) return found;
  const auto count = fix_file(file, found, workspace, checked.id);
  if (!count) return count.error();
  if (*count == 0) return found;
  print_error(fmt::format("{}: {} fixed\n", file, *count));
  return check_one(file, notes, workspace, checked);
}

/// `2 policies checked, no errors, 1 warning`
std::string summary(std::size_t files, const dsl::Diagnostics& shown) {
  std::string out = fmt::format("{} polic{} checked, no errors", files, files == 1 ? "y" : "ies");
  for (const auto& [severity, word] :
       {std::pair(dsl::Severity::warning, "warning"), std::pair(dsl::Severity::note, "note")}) {
    const auto count = std::count_if(
        shown.begin(), shown.end(),
        [sought = severity](const dsl::Diagnostic& one) { return one.severity == sought; });
    if (count > 0) out += fmt::format(", {} {}{}", count, word, count == 1 ? "" : "s");
  }
  return out + "\n";
}

void print_all(const dsl::Diagnostics& shown, std::size_t files, const Options& options,
               const Workspace& workspace) {
  if (options.json || options.format == "json") {
    print(diagnostics_json(shown, workspace.sources));
  } else if (options.format == "sarif") {
    print(diagnostics_sarif(shown, workspace.sources));
  } else if (options.format == "github") {
    print(diagnostics_github(shown, workspace.sources));
  } else {
    report(shown, workspace.sources);
    if (!dsl::has_errors(shown)) print(summary(files, shown));
  }
}

}  // namespace

Exit check_command(const Options& options) {
  Workspace workspace;
  const auto fail_on = parse_fail_on(options.fail_on);
  dsl::Diagnostics all;
  if (!fail_on) {
    all = fail_on.error();
  } else if (auto opened = open_workspace(options, Access::read, workspace); !opened) {
    all = opened.error();
  }
  // A note may have a fix; without -v nobody else asks for one.
  const bool notes =
      options.verbose || options.fix ||
      (fail_on && (fail_on->level == dsl::Severity::note || !fail_on->codes.empty()));
  const auto files = all.empty() ? files_of(options, all) : std::vector<std::string>{};
  Checked checked;
  for (const std::string& file : files) {
    const dsl::Diagnostics found = check_and_fix(file, options.fix, notes, workspace, checked);
    all.insert(all.end(), found.begin(), found.end());
  }
  const bool failed = fail_on && std::any_of(all.begin(), all.end(), *fail_on);
  if (fail_on && !options.verbose) {
    std::erase_if(all, [&](const dsl::Diagnostic& one) {
      return one.severity == dsl::Severity::note && !(*fail_on)(one);
    });
  }
  print_all(all, files.size(), options, workspace);
  leave(failed ? worse(Exit::findings, exit_of(all)) : exit_of(all));
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
