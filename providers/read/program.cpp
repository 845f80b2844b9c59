#include "providers/read/program.h"

#include <fmt/format.h>

#include <string_view>

#include "engine/host/intel.h"
#include "providers/read/go_text.h"
#include "providers/read/lines.h"

namespace gopol::providers {
namespace {

constexpr std::string_view error_mark = "Error: ";

/// sudo clears the environment, so env(1) sets it anew.
engine::Command command_for(const Program& program, const engine::System& system) {
  engine::Command out;
  out.deadline = program.deadline;
  if (!program.user || *program.user == system.user().uid) {
    out.argv = program.argv;
    out.environment = program.environment;
    return out;
  }
  out.argv = {"/usr/bin/sudo", "-n", "-H", "-u", fmt::format("#{}", *program.user), "--"};
  if (!program.environment.empty()) out.argv.emplace_back("/usr/bin/env");
  for (const auto& [name, value] : program.environment)
    out.argv.push_back(fmt::format("{}={}", name, value));
  out.argv.insert(out.argv.end(), program.argv.begin(), program.argv.end());
  return out;
}

std::string_view last_line(std::string_view text) {
  std::string_view out, before;
  for (const std::string_view line : lines_with_ends(text)) {
    if (without_end(line).empty()) continue;
    before = out;
    out = without_end(line);
  }
  return out.ends_with(':') && !before.empty() ? before : out;
}

/// Whether a line is the rest of a sentence.
bool goes_on(std::string_view line) {
  return !line.empty() && line.front() >= 'a' && line.front() <= 'z';
}

/// As a person would type it.
std::string shown(const std::vector<std::string>& argv) {
  std::string out;
  for (const std::string& argument : argv) {
    if (!out.empty()) out += ' ';
    const bool quoted = argument.find(' ') != std::string::npos;
    out += quoted ? fmt::format("\"{}\"", argument) : argument;
  }
  return out;
}

/// What helps a program that complained: of sudo, which asks for no password here; of what it could
/// not start because that is built for Intel (arch(1) and sudo give the kernel's words).
std::string_view help_for(std::string_view complaint) {
  if (complaint.find("Bad CPU type in executable") != complaint.npos)
    return engine::without_rosetta;
  if (complaint.starts_with("sudo: "))
    return "run `sudo -v` in this terminal, then `gopol apply` again";
  return "";
}

}  // namespace

std::string complaint_of(const engine::Output& output) {
  const auto lines = lines_with_ends(output.err);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (!lines[i].starts_with(error_mark)) continue;
    std::string out(without_end(lines[i]).substr(error_mark.size()));
    const std::string_view next =
        i + 1 < lines.size() ? go::trimmed(lines[i + 1]) : std::string_view{};
    if (out.ends_with(':') || goes_on(next)) out += fmt::format(" {}", next);
    return out;
  }
  // `xcrun: error: …`, with advice below it.
  for (const std::string_view line : lines) {
    if (line.find(": error: ") != line.npos) return std::string(without_end(line));
  }
  const std::string_view error = last_line(output.err);
  return std::string(error.empty() ? last_line(output.out) : error);
}

dsl::Result<engine::Output> run_program(const Program& program, engine::Host& host) {
  auto output = host.programs().run(command_for(program, host.system()));
  if (!output || output->status == 0) return output;
  const std::string said = complaint_of(*output);
  return dsl::problem("R4002",
                      fmt::format("`{}` ended with status {}{}{}", shown(program.argv),
                                  output->status, said.empty() ? "" : ": ", said),
                      std::string(help_for(said)));
}

dsl::Result<std::string> ask_program(const std::string& program, const std::string& argument,
                                     const engine::Host& host) {
  engine::Command command;
  command.argv = {program, argument};
  auto output = host.programs().query(command);
  if (!output) return output.error();
  if (output->status == 0) return std::move(output->out);
  return dsl::problem("R4002",
                      fmt::format("{} gives no answer: {}", program, complaint_of(*output)));
}

}  // namespace gopol::providers
