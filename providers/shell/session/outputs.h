#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "providers/shell/session/session.h"

namespace gopol::providers::shell {

/// A program's name without its folder.
inline std::string last_part(const std::string& name) { return name.substr(name.rfind('/') + 1); }

/// What a command prints, as far as files tell it, and whether it ends well.
struct Output {
  Text text;
  Truth success = Truth::maybe;
};
/// Of the command in `$( … )`: names of the user and the machine, folders of Homebrew and of Go,
/// parts of paths. Line ends at its end are gone.
Output output_of(Session& session, std::string_view command);
/// The same of a program with its arguments.
Output output_of_program(Session& session, const std::vector<std::string>& words);

}  // namespace gopol::providers::shell
