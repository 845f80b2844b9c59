#include "cli/workspace/lint.h"

#include <algorithm>
#include <string_view>

#include "dsl/lint/ignore.h"
#include "dsl/lint/table.h"
#include "providers/lint/knowledge.h"
#include "providers/lint/table.h"

namespace gopol::cli {
namespace {

using dsl::lint::LintName;

template <class Lints>
void append(const Lints& lints, std::vector<LintName>& out) {
  for (const auto& lint : lints) out.push_back({lint.code, lint.level, lint.what});
}

std::vector<LintName> ignorable_lints() {
  std::vector<LintName> out;
  append(dsl::lint::general_lints(), out);
  append(providers::lint::domain_lints(), out);
  return out;
}

}  // namespace

bool has_ignores(const dsl::Program& program) {
  return std::any_of(program.modules.begin(), program.modules.end(), [](const dsl::Module& one) {
    return one.tree->text.find("gopol:ignore") != std::string_view::npos;
  });
}

void silence(const dsl::Program& program, const Workspace& workspace, dsl::Diagnostics& warnings) {
  dsl::lint::apply_ignores(program, workspace.sources, ignorable_lints(), today_of(workspace),
                           warnings);
  std::erase_if(warnings, [](const dsl::Diagnostic& one) { return one.code.starts_with("L8"); });
}

std::vector<LintName> all_lints() {
  std::vector<LintName> out = ignorable_lints();
  append(dsl::lint::ignore_lints(), out);
  return out;
}

dsl::Diagnostics lint(const dsl::Program& program, const dsl::Policy& policy,
                      const Workspace& workspace, bool notes) {
  const auto knowledge = providers::lint::read_knowledge(share_folder());
  if (!knowledge) return knowledge.error();
  const auto today = today_of(workspace);
  const auto least = notes || has_ignores(program) ? dsl::Severity::note : dsl::Severity::warning;
  auto out = dsl::lint::run(dsl::lint::general_lints(),
                            dsl::lint::Subject{program, policy, workspace.schemas, today}, least);
  const auto domain = dsl::lint::run(providers::lint::domain_lints(),
                                     providers::lint::Subject(policy, *knowledge), least);
  out.insert(out.end(), domain.begin(), domain.end());
  dsl::lint::apply_ignores(program, workspace.sources, ignorable_lints(), today, out);
  return out;
}

}  // namespace gopol::cli
