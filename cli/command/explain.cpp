#include <fmt/ranges.h>

#include <algorithm>

#include "cli/command/commands.h"
#include "cli/print/explain_pages.h"
#include "cli/print/reference_text.h"
#include "cli/terminal/terminal.h"
#include "cli/workspace/workspace.h"
#include "dsl/value/ascii.h"
#include "dsl/value/near_miss.h"

namespace gopol::cli {

namespace {

void print_list(const std::vector<std::string>& names) {
  for (const std::string& name : names) print(fmt::format("{}: {}\n", name, explain_title(name)));
}

/// The code, word or family that is nearest to what was asked.
std::string near_help(const std::string& topic, const std::string& code,
                      const dsl::Schemas& schemas) {
  auto near = dsl::near_miss(code, explained_codes());
  if (!near) near = dsl::near_miss(dsl::lowered(topic), explained_words());
  if (!near) {
    std::vector<std::string> families;
    for (const dsl::Schema& schema : schemas.families) families.push_back(schema.family);
    near = dsl::near_miss(topic, families);
  }
  return near ? fmt::format("did you mean `{}`?", *near)
              : "`gopol explain` lists the codes and words; `gopol facts` the families";
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
                       near_help(topic, code, schemas))},
         dsl::SourceMap());
  return Exit::usage;
}

}  // namespace gopol::cli
