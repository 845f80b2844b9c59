#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/host/host.h"
#include "providers/shell/pattern/text.h"
#include "providers/shell/session/login_path.h"
#include "providers/shell/syntax/tree.h"

namespace gopol::providers::shell {

/// A variable of a shell, or one that is surely not set.
struct Variable {
  std::vector<Text> items = {{}};  ///< one, unless it is a list
  bool list = false;
  bool set = true;
  bool exported = false;
  bool colons = false;      ///< fish: as a text, its items stand between colons
  std::string origin = {};  ///< FILE:LINE that says so; empty: it came with the session
  bool operator==(const Variable&) const = default;
};

/// A function: what it runs, and the file that holds it.
struct Function {
  const Command* body = nullptr;             ///< none: what it does is unknown
  std::string file = {};                     ///< empty: it stood in a text, not in a file
  std::vector<std::string> parameters = {};  ///< fish: names of its first arguments
  bool operator==(const Function&) const = default;
};

/// Where a shell goes on after a command.
enum class Flow { on, next_round, out_of_loop, out_of_function, out_of_file, ended };

/// All that lines of a shell change and later lines see. A copy is another way it may have gone.
struct State {
  std::map<std::string, Variable, std::less<>> variables;
  std::map<std::string, Variable, std::less<>> universal;  ///< fish: kept in a file of its own
  std::vector<PathEntry> path;
  bool unique_list = false, unique_text = false;         ///< zsh's `typeset -U path`, `-U PATH`
  std::map<std::string, std::string, std::less<>> ties;  ///< zsh's `typeset -T TEXT list`
  std::map<std::string, Truth, std::less<>> tables;      ///< names whose elements are `NAME[KEY]`
  std::map<std::string, Function, std::less<>> functions;
  std::map<std::string, std::string, std::less<>> aliases;
  std::map<std::string, Truth, std::less<>> options;  ///< zsh's names, without `_` and `no`
  std::vector<Text> arguments;                        ///< `$1` and on
  const char* advice = "write it as `export PATH=\"FOLDER:$PATH\"`";  ///< where PATH is lost
  /// Given: code ran there that nobody followed. What it may have set is unknown, and any name may
  /// be a function.
  std::optional<PathEntry> strange;
  Flow flow = Flow::on;
  Truth last = Truth::yes;  ///< of the last command: `$?` is 0

  std::string path_text() const;
  void set_path(std::vector<PathEntry> entries);  ///< as `PATH=…` does
};

/// What holds whichever of two ways was gone from `before`: PATH to where they part, variables that
/// are the same. `where`: FILE:LINE that decides between them.
State joined(State a, State b, const State& before, const std::string& where);

/// PATH from a text that may hold it, `origin` for what is new.
std::vector<PathEntry> path_of(const Text& text, const State& state, const std::string& origin);

/// Stands where no more of PATH can be known.
PathEntry path_unknown(const State& state, const std::string& origin, std::string_view why);

/// Drops what is there twice: the first stays.
std::vector<PathEntry> without_repetition(const std::vector<PathEntry>& entries);

}  // namespace gopol::providers::shell
