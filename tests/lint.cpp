#include "tests/lint.h"

#include <algorithm>
#include <utility>

#include "dsl/check/check.h"
#include "dsl/lint/ignore.h"
#include "dsl/lint/table.h"
#include "dsl/syntax/module.h"
#include "providers/lint/knowledge.h"
#include "providers/lint/table.h"
#include "providers/providers.h"
#include "providers/read/fact_schema.h"

namespace gopol::tests {
namespace {

const dsl::Schemas& schemas() {
  static const dsl::Schemas all = engine::schemas_of(providers::standard_providers({}, {}));
  return all;
}

const providers::lint::Knowledge& knowledge() {
  static const auto all = providers::lint::read_knowledge(dsl::Path(GOPOL_SOURCE_DIR "/share"));
  return *all;
}

dsl::FindImport finder(const std::map<std::string, std::string>& files) {
  return [&](std::string_view, const std::string& path) -> dsl::Result<dsl::ImportedText> {
    const auto at = files.find(path);
    if (at == files.end()) return dsl::problem("P2017", "no such file");
    return dsl::ImportedText{path, at->second};
  };
}

void append(dsl::Diagnostics& to, const dsl::Diagnostics& from) {
  to.insert(to.end(), from.begin(), from.end());
}

}  // namespace

namespace {

std::vector<dsl::lint::LintName> ignorable_lints() {
  std::vector<dsl::lint::LintName> out;
  for (const auto& lint : dsl::lint::general_lints())
    out.push_back({lint.code, lint.level, lint.what});
  for (const auto& lint : providers::lint::domain_lints())
    out.push_back({lint.code, lint.level, lint.what});
  return out;
}

}  // namespace

std::vector<dsl::lint::LintName> all_lints() {
  std::vector<dsl::lint::LintName> out = ignorable_lints();
  for (const auto& lint : dsl::lint::ignore_lints()) out.push_back(lint);
  return out;
}

dsl::Diagnostics linted(const std::string& text, dsl::SourceMap& sources,
                        const std::map<std::string, std::string>& files) {
  const dsl::SourceId id = sources.add("test.policy", "gopol 1.0\n" + text);
  dsl::Diagnostics out;
  const auto program = dsl::load(std::span(&id, 1), sources, finder(files), out);
  if (!program) return program.error();
  const auto policy = dsl::check(*program, schemas(), out);
  if (!policy) return policy.error();
  const auto today = dsl::parse_date(lint_day);
  append(out, dsl::lint::run(dsl::lint::general_lints(),
                             dsl::lint::Subject{*program, *policy, schemas(), today}));
  append(out, dsl::lint::run(providers::lint::domain_lints(),
                             providers::lint::Subject(*policy, knowledge())));
  dsl::lint::apply_ignores(*program, sources, ignorable_lints(), today, out);
  dsl::sort(out);
  return out;
}

}  // namespace gopol::tests
