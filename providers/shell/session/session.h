#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/host/host.h"
#include "providers/shell/session/state.h"
#include "providers/shell/shells.h"
#include "providers/shell/syntax/parse.h"

namespace gopol::providers::shell {

/// A shell that starts: who, where, and what its lines have made so far.
struct Session {
  const engine::Host& host;
  Shell shell = Shell::sh;
  bool interactive = false;
  State state = {};
  std::string file = {};              ///< that is being read
  std::string where = {};             ///< FILE:LINE of the command that runs
  std::string called = {};            ///< the function that runs, if any
  bool sourced = false;               ///< `file` is read by another one
  bool stopped = false;               ///< a word was an error, which stops more than its command
  std::optional<Truth> printed = {};  ///< fish: how the last `(…)` of a command ended
};

/// Before it reads a file: what login(1), launchd and PAM give it.
Session fresh_session(const engine::Host& host, Shell shell, bool interactive);

Dialect dialect_of(Shell shell);

/// Nothing of a variable that no file set, unless a terminal or a desktop may set it.
Text value_of(const Session& session, std::string_view name);
Truth is_set(const Session& session, std::string_view name);
/// Where a shell would find a program by name: a path, empty if nowhere.
Text program_called(const Session& session, const std::string& name);
/// Whether it would find anything of that name: a function, a builtin, a program.
Truth command_called(const Session& session, const std::string& name);
/// Of an option by zsh's name, however it is spelled.
Truth option(const Session& session, std::string_view name);
/// `GLOBAL_RCS`, `noglobalrcs`: the name that counts, and whether it is the opposite.
std::string option_name(std::string_view name, bool& opposite);

void set(Session& session, const std::string& name, Variable value);
void set(Session& session, const std::string& name, Text value);
/// PATH is not known from here on, nor is what else unknown code may do.
void lose_path(Session& session, std::string_view why);
void lose_all(Session& session, std::string_view why);

}  // namespace gopol::providers::shell
