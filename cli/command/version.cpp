#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "cli/command/commands.h"
#include "cli/terminal/terminal.h"
#include "cli/terminal/version.h"
#include "dsl/syntax/parse.h"

namespace gopol::cli {

Exit version_command(const Options& options) {
  if (options.json) {
    const nlohmann::ordered_json out = {
        {"schema", 1}, {"version", version_text}, {"language", dsl::language_version}};
    print(out.dump(2) + "\n");
  } else {
    print(fmt::format("gopol {} (language {})\n", version_text, dsl::language_version));
  }
  return Exit::clean;
}

}  // namespace gopol::cli
