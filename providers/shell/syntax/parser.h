#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "providers/shell/syntax/letters.h"
#include "providers/shell/syntax/parse.h"

namespace gopol::providers::shell {

inline constexpr const char* not_understood = "gopol does not understand the line";
inline constexpr const char* block_open = "a block is not closed";

/// One function a production of the grammar; each leaves `in_` behind what it read. Once broken,
/// all of them return at once.
class Parser {
 public:
  Parser(std::string_view text, Dialect dialect)
      : in_(text, dialect == Dialect::zsh), zsh_(dialect == Dialect::zsh) {}

  Script run();

 private:
  bool ok() const { return in_.broken().line == 0; }
  void fail(const char* why = not_understood) { in_.break_off(in_.line(), why); }

  void skip_separators();
  std::string next_word();
  bool accept(std::string_view word);
  void expect(const char* word, std::uint32_t from);
  bool at_close();
  /// Commands up to a word that closes a block.
  Command list();
  /// A line that is one: else nobody would ever come past it.
  Command moving_line();
  /// `a && b || c`, then what ends it, but a line end.
  Command line();
  Command wrap(Command::Kind kind, Command inner);
  Command pipe();
  Command command();
  /// With the redirections behind a block.
  Command behind(Command inner);
  Command subshell();
  /// `{ … }`; in zsh perhaps with an `always { … }` behind it.
  Command block();
  Command simple(std::uint32_t at);
  /// `name () BODY`, from the bracket on.
  Command function(std::uint32_t at, std::vector<std::string> names);
  Command named_function();
  Command body_of_function(std::uint32_t at, std::vector<std::string> names);
  Command test();
  /// What stands between `if` or `while` and the body; true: the body is a block in braces, or
  /// what zsh allows in its place.
  Command head(bool& short_form);
  Command condition();
  /// Behind `if … { … }` an `elif` or `else` may stand on the same line.
  bool another_branch() { return next_word() == "elif" || next_word() == "else"; }

  Command loop();
  Command body_of_loop(std::uint32_t from);
  Command each();
  void values_in_brackets(Command& out);
  Command choice();
  Command arm();

  Letters in_;
  bool zsh_ = false, stop_at_brace_ = false;
  int depth_ = 0, braces_ = 0;
};

/// Whether a word can be the name of a function or a variable: nothing in it is quoted or
/// bracketed.
bool is_plain_name(const std::string& word);

/// Whether a word ends a list of commands: `then`, `fi`, `}`.
bool closes(const std::string& word);

Command made(Command::Kind kind, std::uint32_t line, std::vector<Command> parts = {},
             std::vector<std::string> words = {});

}  // namespace gopol::providers::shell
