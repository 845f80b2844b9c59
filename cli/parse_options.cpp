#include "cli/parse_options.h"

#include <CLI/CLI.hpp>
#include <string_view>

#include "cli/definition.h"
#include "cli/terminal/terminal.h"
#include "cli/terminal/version.h"
#include "cli/usage_error.h"

namespace gopol::cli {

Parsed parse_options(int argc, char** argv) {
  Parsed out;
  CLI::App app("gopol keeps Go developers' machines in the state their platform team wrote down.",
               "gopol");
  app.set_version_flag("--version", std::string(version_text));
  app.require_subcommand(0, 1);
  app.footer(
      "Exit codes: 0 clean, 1 findings, 2 changes pending, 3 not converged, 4 unknown left "
      "(--strict),\n"
      "5 policy not trusted, 64 usage, 70 a bug of gopol.");
  const std::string_view first = argc > 1 ? argv[1] : "";
  define_options(app, first == "help" ? "" : first, out.options);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    const bool asked = error.get_exit_code() == 0;
    if (asked)
      app.exit(error);
    else
      print_error(usage_error(app, error));
    out.exit = asked ? Exit::clean : Exit::usage;
    return out;
  }
  if (out.options.command.empty() || out.options.command == "help") {
    app.clear();  // else it prints the help of `help`
    const CLI::App* topic = topic_of(app, out.options.arguments);
    if (topic == nullptr) {
      print_error(unknown_command(app, out.options.arguments.front()));
      out.exit = Exit::usage;
      return out;
    }
    print(topic->help(topic == &app ? "" : "gopol"));
    out.exit = out.options.command.empty() ? Exit::usage : Exit::clean;
    return out;
  }
  out.run = true;
  return out;
}

}  // namespace gopol::cli
