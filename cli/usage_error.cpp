#include "cli/usage_error.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <vector>

#include "cli/terminal/terminal.h"
#include "dsl/value/near_miss.h"

namespace gopol::cli {
namespace {

/// The command whose arguments are wrong; nullptr: none was named.
const CLI::App* chosen(const CLI::App& app) {
  const auto parsed = app.get_subcommands();
  return parsed.empty() ? nullptr : parsed.back();
}

std::vector<std::string> commands_of(const CLI::App& app) {
  std::vector<std::string> out;
  for (const CLI::App* one : app.get_subcommands([](const CLI::App*) { return true; }))
    out.push_back(one->get_name());
  return out;
}

std::vector<std::string> options_of(const CLI::App& command) {
  std::vector<std::string> out;
  for (const CLI::Option* one : command.get_options()) {
    for (const std::string& name : one->get_lnames()) out.push_back("--" + name);
  }
  return out;
}

std::string with_help(const std::string& message, const std::optional<std::string>& meant,
                      const std::string& otherwise) {
  const std::string help = meant ? fmt::format("did you mean `{}`?", *meant) : otherwise;
  return fmt::format("error: {}\n  = help: {}\n", message, help);
}

std::string about_extra(const CLI::App& app, const std::string& word) {
  const CLI::App* command = chosen(app);
  if (command == nullptr && !word.starts_with("-")) return unknown_command(app, word);
  const std::string shown = presentable(word);
  const CLI::App& place = command != nullptr ? *command : app;
  const std::string name = command != nullptr ? "gopol " + place.get_name() : "gopol";
  const std::string where =
      command != nullptr ? fmt::format("`gopol help {}`", place.get_name()) : "`gopol help`";
  const std::string option = word.substr(0, word.find('='));
  if (command != nullptr && command->get_option_no_throw(option) != nullptr)
    return with_help(fmt::format("`{}` stands before the command", presentable(option)), {},
                     fmt::format("write it behind: `{} {}`", name, shown));
  if (word.starts_with("-"))
    return with_help(fmt::format("`{}` has no option `{}`", name, shown),
                     dsl::near_miss(option, options_of(place)), where + " lists its options");
  return with_help(fmt::format("`{}` does not know what to do with `{}`", name, shown), {},
                   where + " shows how it is used");
}

}  // namespace

std::string unknown_command(const CLI::App& app, const std::string& word) {
  return with_help(fmt::format("no command `{}`", presentable(word)),
                   dsl::near_miss(word, commands_of(app)), "`gopol help` lists the commands");
}

std::string usage_error(const CLI::App& app, const CLI::ParseError& error) {
  const auto extra = app.remaining(true);
  if (!extra.empty()) return about_extra(app, extra.front());
  const CLI::App* command = chosen(app);
  return with_help(
      presentable(error.what(), 300), {},
      command != nullptr ? fmt::format("`gopol help {}`", command->get_name()) : "`gopol help`");
}

const CLI::App* topic_of(const CLI::App& app, const std::vector<std::string>& words) {
  if (words.empty()) return &app;
  const auto named =
      app.get_subcommands([&](const CLI::App* one) { return one->get_name() == words.front(); });
  return named.empty() ? nullptr : named.front();
}

}  // namespace gopol::cli
