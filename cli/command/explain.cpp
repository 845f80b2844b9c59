#include <fmt/format.h>

#include <algorithm>

#include "cli/command/commands.h"
#include "cli/print/explain_pages.h"
#include "cli/print/reference_text.h"
#include "cli/terminal/terminal.h"
#include "cli/workspace/workspace.h"
#include "dsl/value/near_miss.h"

namespace gopol::cli {

Exit explain_command(const Options& options) {
  const auto all = explained_codes();
  if (options.arguments.empty()) {
    for (const std::string& code : all) print(fmt::format("{}: {}\n", code, explain_title(code)));
    return Exit::clean;
  }
  const auto schemas = engine::schemas_of(providers::standard_providers({}, {}));
  const std::string& topic = options.arguments.front();
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
  if (std::find(all.begin(), all.end(), code) != all.end()) {
    print(explain_page(code).value_or(""));
    return Exit::clean;
  }
  const auto near = dsl::near_miss(code, all);
  report({dsl::problem("P0001", fmt::format("no page on `{}`", presentable(code)),
                       near ? fmt::format("did you mean `{}`?", *near)
                            : "`gopol explain` lists the codes; `gopol facts` the families")},
         dsl::SourceMap());
  return Exit::usage;
}

}  // namespace gopol::cli
