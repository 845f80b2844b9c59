#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/host/host.h"

namespace gopol::providers {

/// A program that changes the machine, and as whom it runs.
struct Program {
  std::vector<std::string> argv;  ///< argv[0] is a full path
  std::vector<std::pair<std::string, std::string>> environment = {};
  std::chrono::minutes deadline{2};
  std::optional<std::uint32_t> user = {};  ///< nothing: whoever runs gopol
};

constexpr std::uint32_t root_user = 0;

/// Runs it, through sudo where another user is wanted; sudo does not ask for a password here: a
/// person gives it before. Errors: it cannot be started, sudo refuses, its status is not 0.
dsl::Result<engine::Output> run_program(const Program& program, engine::Host& host);

/// What a program writes when it is only asked. Errors: it cannot be started, its status is not 0.
dsl::Result<std::string> ask_program(const std::string& program, const std::string& argument,
                                     const engine::Host& host);

/// The line that says why a program failed: its `Error: …`, with the next one if the sentence goes
/// on there; else the last one it wrote.
std::string complaint_of(const engine::Output& output);

}  // namespace gopol::providers
