#pragma once

#include <string>
#include <vector>

namespace CLI {
class App;
class ParseError;
}  // namespace CLI

namespace gopol::cli {

/// What is wrong with a command line, in gopol's form: one error, and a help that names what was
/// probably meant.
std::string usage_error(const CLI::App& app, const CLI::ParseError& error);

std::string unknown_command(const CLI::App& app, const std::string& word);

/// What help is asked for: the command that the first word names, else the program; nullptr: there
/// is no such command.
const CLI::App* topic_of(const CLI::App& app, const std::vector<std::string>& words);

}  // namespace gopol::cli
