#include <fmt/ranges.h>

#include <string>
#include <vector>

#include "cli/command/commands.h"
#include "cli/print/explain_pages.h"
#include "cli/print/reference_text.h"
#include "cli/terminal/terminal.h"
#include "cli/workspace/workspace.h"

namespace gopol::cli {
namespace {

void print_list(const std::vector<std::string>& names) {
  for (const std::string& name : names) print(fmt::format("{}: {}\n", name, explain_title(name)));
}

}  // namespace

Exit explain_command(const Options& options) {
  if (options.arguments.empty()) {
    print_list(explained_words());
    print_list(explained_codes());
    return Exit::clean;
  }
  const auto schemas = engine::schemas_of(providers::standard_providers({}, {}));
  const std::string topic = fmt::format("{}", fmt::join(options.arguments, " "));
  if (topic == "reference") {
    print(reference_text(schemas));
    return Exit::clean;
  }
  if (const dsl::Schema* schema = schemas.find(topic)) {
    print(reference_text(*schema));
    return Exit::clean;
  }
  const auto [asked, code] = asked_code(topic);
  if (code != asked) print(fmt::format("{} is an error, {}.\n\n", asked, code));
  if (const auto page = explain_page(code)) {
    print(*page);
    return Exit::clean;
  }
  report({dsl::problem("P0001", fmt::format("no page on `{}`", presentable(topic)),
                       help_on(topic, schemas))},
         dsl::SourceMap());
  return Exit::usage;
}

}  // namespace gopol::cli
