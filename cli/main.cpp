#include <exception>
#include <string>
#include <string_view>

#include "cli/command/commands.h"
#include "cli/parse_options.h"
#include "cli/terminal/terminal.h"

namespace gopol::cli {
namespace {

struct Command {
  std::string_view name;
  Exit (*run)(const Options&);
};

constexpr Command commands[] = {
    {"apply", apply_command},     {"apply-root", apply_root_command},
    {"capture", capture_command}, {"check", check_command},
    {"diff", diff_command},       {"doctor", doctor_command},
    {"explain", explain_command}, {"facts", facts_command},
    {"fmt", fmt_command},         {"guide", guide_command},
    {"import", import_command},   {"leave", leave_command},
    {"log", log_command},         {"plan", plan_command},
    {"profile", profile_command}, {"provider", provider_command},
    {"pull", pull_command},       {"source", source_command},
    {"test", test_command},       {"undo", undo_command},
    {"version", version_command}, {"why", why_command},
};

Exit run(int argc, char** argv) {
  const Parsed parsed = parse_options(argc, argv);
  if (!parsed.run) return parsed.exit;
  for (const Command& command : commands) {
    if (command.name == parsed.options.command) return command.run(parsed.options);
  }
  return Exit::our_bug;
}

}  // namespace
}  // namespace gopol::cli

int main(int argc, char** argv) {
  try {
    return static_cast<int>(gopol::cli::run(argc, argv));
  } catch (const std::exception& error) {
    gopol::cli::print_error(std::string("gopol: internal error: ") + error.what() +
                            "\nplease report this\n");
    return static_cast<int>(gopol::cli::Exit::our_bug);
  }
}
