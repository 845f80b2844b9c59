#include "providers/shell/syntax/parse.h"

#include <algorithm>
#include <array>
#include <utility>

#include "providers/shell/syntax/fish.h"
#include "providers/shell/syntax/parser.h"

namespace gopol::providers::shell {
namespace {

constexpr int most_blocks = 100;

/// What ends a list of commands, besides the end of the script.
constexpr std::array closers = {"then", "elif", "else", "fi", "do", "done", "esac", "}"};

}  // namespace

bool is_plain_name(const std::string& word) {
  return !word.empty() && word.find_first_of("$`'\"\\*?[(=") == std::string::npos;
}

bool closes(const std::string& word) {
  return std::any_of(closers.begin(), closers.end(), [&](const char* one) { return word == one; });
}

Command made(Command::Kind kind, std::uint32_t line, std::vector<Command> parts,
             std::vector<std::string> words) {
  return {kind, line, std::move(words), std::move(parts)};
}

Script Parser::run() {
  Script out;
  for (skip_separators(); !in_.at_end(); skip_separators()) {
    Command next = moving_line();
    if (in_.broken().line == 0) out.commands.push_back(std::move(next));
  }
  out.broken_at = in_.broken().line;
  out.why = in_.broken().why;
  return out;
}

void Parser::skip_separators() {
  for (in_.skip_lines(); in_.peek() == ';' && in_.peek(1) != ';'; in_.skip_lines()) in_.step();
}

std::string Parser::next_word() {
  in_.skip_blanks();
  return in_.look_at_word();
}

bool Parser::accept(std::string_view word) {
  if (next_word() != word) return false;
  in_.word();
  return true;
}

void Parser::expect(const char* word, std::uint32_t from) {
  skip_separators();
  if (!ok() || accept(word)) return;
  in_.break_off(in_.at_end() ? from : in_.line(), in_.at_end() ? block_open : not_understood);
}

bool Parser::at_close() {
  in_.skip_blanks();
  const char c = in_.peek();
  return in_.at_end() || c == ')' ||
         (c == ';' && (in_.peek(1) == ';' || in_.peek(1) == '&' || in_.peek(1) == '|')) ||
         closes(in_.look_at_word());
}

Command Parser::list() {
  Command out = made(Command::Kind::sequence, in_.line());
  if (++depth_ > most_blocks) fail();
  for (skip_separators(); ok() && !at_close(); skip_separators()) {
    out.parts.push_back(moving_line());
    if (stop_at_brace_ && in_.peek() == '{') break;
  }
  --depth_;
  return out;
}

Command Parser::moving_line() {
  const std::size_t before = in_.position();
  Command out = line();
  if (ok() && in_.position() == before) fail();
  return out;
}

Command Parser::line() {
  Command left = pipe();
  while (ok()) {
    in_.skip_blanks();
    const bool both = in_.sees("&&");
    if (!both && !in_.sees("||")) break;
    in_.skip(2);
    in_.skip_lines();
    const std::uint32_t at = left.line;
    std::vector<Command> parts;
    parts.push_back(std::move(left));
    parts.push_back(pipe());
    left = made(both ? Command::Kind::both : Command::Kind::either, at, std::move(parts));
  }
  const bool apart = in_.peek() == '&' && in_.peek(1) != '&' && in_.peek(1) != '>';
  if (!apart) return left;
  in_.step();
  if (zsh_ && (in_.peek() == '!' || in_.peek() == '|')) in_.step();
  return wrap(Command::Kind::apart, std::move(left));
}

Command Parser::wrap(Command::Kind kind, Command inner) {
  const std::uint32_t at = inner.line;
  std::vector<Command> parts;
  parts.push_back(std::move(inner));
  return made(kind, at, std::move(parts));
}

Command Parser::pipe() {
  bool negated = false;
  while (ok() && accept("!")) negated = !negated;
  Command out = command();
  while (ok()) {
    in_.skip_blanks();
    if (in_.peek() != '|' || in_.peek(1) == '|') break;
    in_.skip(in_.peek(1) == '&' ? 2 : 1);
    in_.skip_lines();
    if (out.kind != Command::Kind::pipe) out = wrap(Command::Kind::pipe, std::move(out));
    out.parts.push_back(command());
  }
  return negated ? wrap(Command::Kind::negated, std::move(out)) : out;
}

Command Parser::command() {
  in_.skip_blanks();
  const std::uint32_t at = in_.line();
  if (in_.sees("((")) return behind(made(Command::Kind::arithmetic, at, {}, {in_.arithmetic()}));
  if (in_.peek() == '(' && zsh_ && in_.peek(1) == ')') return function(at, {});
  if (in_.peek() == '(') return behind(subshell());
  const std::string word = in_.look_at_word();
  if (word == "time" || word == "nocorrect" || (zsh_ && word == "-")) {
    in_.word();
    return command();
  }
  if (word == "{") return behind(block());
  if (word == "[[") return behind(test());
  if (word == "if") return behind(condition());
  if (word == "while" || word == "until" || word == "repeat") return behind(loop());
  if (word == "for" || word == "select") return behind(each());
  if (word == "case") return behind(choice());
  if (word == "function") return named_function();
  if (word == "coproc" || (zsh_ && word == "foreach")) fail();
  return simple(at);
}

Command Parser::behind(Command inner) {
  in_.take_input();
  while (ok() && in_.redirection()) {
  }
  inner.input = in_.take_input();
  return inner;
}

Command Parser::subshell() {
  const std::uint32_t from = in_.line();
  in_.step();
  Command inner = wrap(Command::Kind::apart, list());
  skip_separators();
  if (ok() && in_.peek() != ')')
    in_.break_off(in_.at_end() ? from : in_.line(), in_.at_end() ? block_open : not_understood);
  in_.step();
  return inner;
}

Command Parser::block() {
  const std::uint32_t from = in_.line();
  in_.word();
  ++braces_;
  const bool outer = std::exchange(stop_at_brace_, false);
  Command out = list();
  expect("}", from);
  --braces_;
  stop_at_brace_ = outer;
  if (zsh_ && ok() && next_word() == "always") {
    in_.word();
    if (next_word() != "{") fail();
    if (ok()) out.parts.push_back(block());
  }
  return out;
}

Command Parser::simple(std::uint32_t at) {
  Command out = made(Command::Kind::simple, at);
  in_.take_input();
  while (ok()) {
    if (in_.redirection()) continue;
    const std::string word = in_.look_at_word();
    if (word.empty() || (zsh_ && braces_ > 0 && word == "}" && !out.words.empty())) break;
    if (out.words.empty() && closes(word)) fail();
    out.words.push_back(in_.word());
    in_.skip_blanks();
    if (in_.peek() != '(' || !is_plain_name(out.words.back())) continue;
    if (zsh_ || out.words.size() == 1) return function(at, std::move(out.words));
    fail();
  }
  out.input = in_.take_input();
  return out;
}

Command Parser::function(std::uint32_t at, std::vector<std::string> names) {
  in_.step();
  in_.skip_blanks();
  if (in_.peek() != ')') fail();
  in_.step();
  return body_of_function(at, std::move(names));
}

Command Parser::named_function() {
  const std::uint32_t at = in_.line();
  in_.word();
  std::vector<std::string> names;
  while (ok() && !next_word().empty() && next_word() != "{") names.push_back(in_.word());
  if (in_.peek() == '(' && in_.peek(1) == ')') in_.skip(2);
  return body_of_function(at, std::move(names));
}

Command Parser::body_of_function(std::uint32_t at, std::vector<std::string> names) {
  in_.skip_lines();
  if (zsh_ && in_.peek() == ';') skip_separators();
  Command out = made(Command::Kind::function, at, {}, std::move(names));
  const bool outer = std::exchange(stop_at_brace_, false);
  if (ok()) out.parts.push_back(command());
  stop_at_brace_ = outer;
  if (out.words.empty() && out.parts.size() == 1) {  // its arguments
    Command arguments = made(Command::Kind::simple, at);
    while (ok() && !next_word().empty() && !closes(next_word()))
      arguments.words.push_back(in_.word());
    out.parts.push_back(std::move(arguments));
  }
  return out;
}

Script parse_script(std::string_view text, Dialect dialect) {
  return dialect == Dialect::fish ? parse_fish(text) : Parser(text, dialect).run();
}

}  // namespace gopol::providers::shell
