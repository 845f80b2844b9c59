#include "providers/shell/syntax/fish.h"

#include <algorithm>
#include <array>
#include <utility>

#include "providers/shell/syntax/fish_letters.h"
#include "providers/shell/syntax/parser.h"

namespace gopol::providers::shell {
namespace {

constexpr int most_fish_blocks = 100;

/// One function a production of fish's grammar; each leaves `in_` behind what it read.
class FishParser {
 public:
  explicit FishParser(std::string_view text) : in_(text) {}

  Script run() {
    Script out;
    list(out.commands);
    if (ok() && !in_.at_end()) fail();  // an `end` of nothing
    out.broken_at = in_.broken().line;
    out.why = in_.broken().why;
    return out;
  }

 private:
  bool ok() const { return in_.broken().line == 0; }
  void fail(const char* why = not_understood) { in_.break_off(in_.line(), why); }

  static bool ends_list(const std::string& word) {
    return word == "end" || word == "else" || word == "case";
  }

  /// Up to a word that closes a block. `and` and `or` go on with what stands before them.
  void list(std::vector<Command>& out) {
    for (in_.skip_separators(); ok() && !in_.at_end(); in_.skip_separators()) {
      if (ends_list(in_.look_at_word())) return;
      const std::size_t from = in_.position();
      Command next = statement(out);
      if (ok() && in_.position() == from) fail();
      if (ok()) out.push_back(std::move(next));
    }
  }

  /// A line of a list; what it goes on with is taken off the list.
  Command statement(std::vector<Command>& before) {
    const std::string word = in_.look_at_word();
    if (word != "and" && word != "or") return conjunction();
    in_.word();
    in_.skip_blanks();
    if (before.empty()) {
      fail();
      return {};
    }
    Command first = std::move(before.back());
    before.pop_back();
    return chained(word == "and", std::move(first), conjunction());
  }

  static Command chained(bool is_and, Command first, Command second) {
    const std::uint32_t line = first.line;
    std::vector<Command> parts;
    parts.push_back(std::move(first));
    parts.push_back(std::move(second));
    return made(is_and ? Command::Kind::both : Command::Kind::either, line, std::move(parts));
  }

  /// `a && b || c`, then what ends it.
  Command conjunction() {
    Command out = pipe();
    for (in_.skip_blanks(); ok() && (in_.sees("&&") || in_.sees("||")); in_.skip_blanks()) {
      const bool is_and = in_.sees("&&");
      in_.skip(2);
      while (in_.skip_blanks(), in_.peek() == '\n') in_.skip(1);
      out = chained(is_and, std::move(out), pipe());
    }
    if (in_.peek() == '&') {
      in_.skip(1);
      const std::uint32_t line = out.line;
      std::vector<Command> parts;
      parts.push_back(std::move(out));
      return made(Command::Kind::apart, line, std::move(parts));
    }
    return out;
  }

  Command pipe() {
    const std::uint32_t line = in_.line();
    std::vector<Command> parts;
    parts.push_back(command());
    for (in_.skip_blanks(); ok(); in_.skip_blanks()) {
      const bool both = in_.sees("&|");
      if (!both && (in_.peek() != '|' || in_.peek(1) == '|')) break;
      in_.skip(both ? 2 : 1);
      while (in_.skip_blanks(), in_.peek() == '\n') in_.skip(1);
      parts.push_back(command());
    }
    if (parts.size() == 1) return std::move(parts[0]);
    return made(Command::Kind::pipe, line, std::move(parts));
  }

  Command command() {
    Command out;
    if (++depth_ > most_fish_blocks) {
      fail("blocks stand too deep in each other");
    } else {
      in_.skip_blanks();
      out = one(in_.look_at_word());
    }
    --depth_;
    return out;
  }

  Command one(const std::string& word) {
    const std::uint32_t line = in_.line();
    if (word.empty() || word[0] == '{' || word[0] == '(') {
      fail();
      return {};
    }
    const bool is_not = word == "not" || word == "!";
    if (is_not || word == "time") {
      in_.word();
      Command inner = command();
      if (!is_not) return inner;
      std::vector<Command> parts;
      parts.push_back(std::move(inner));
      return made(Command::Kind::negated, line, std::move(parts));
    }
    static constexpr std::array blocks = {"begin", "if", "while", "for", "switch", "function"};
    if (std::find(blocks.begin(), blocks.end(), word) == blocks.end()) return simple(line);
    in_.word();
    Command out = word == "begin"    ? body(line)
                  : word == "if"     ? condition(line)
                  : word == "while"  ? loop(line)
                  : word == "for"    ? each(line)
                  : word == "switch" ? choice(line)
                                     : function(line);
    if (ok() && in_.look_at_word() != "end") in_.break_off(line, block_open);
    in_.word();
    for (in_.skip_blanks(); ok() && in_.redirection();) in_.skip_blanks();
    return out;
  }

  Command simple(std::uint32_t line) {
    Command out = made(Command::Kind::simple, line, {}, words());
    if (out.words.empty()) fail();
    return out;
  }

  /// Up to the end of the command, redirections left out.
  std::vector<std::string> words() {
    std::vector<std::string> out;
    for (in_.skip_blanks(); ok(); in_.skip_blanks()) {
      if (in_.redirection()) continue;
      std::string next = in_.word();
      if (next.empty()) break;
      out.push_back(std::move(next));
    }
    return out;
  }

  Command body(std::uint32_t line) {
    Command out = made(Command::Kind::sequence, line);
    list(out.parts);
    return out;
  }

  /// What decides, with the `and` and `or` that go on with it.
  Command head() {
    std::vector<Command> out;
    in_.skip_separators();
    out.push_back(conjunction());
    for (in_.skip_separators(); ok(); in_.skip_separators()) {
      const std::string word = in_.look_at_word();
      if (word != "and" && word != "or") break;
      out.push_back(statement(out));
    }
    return ok() ? std::move(out.back()) : Command{};
  }

  Command condition(std::uint32_t line) {
    Command out = made(Command::Kind::condition, line);
    for (;;) {
      out.parts.push_back(head());
      out.parts.push_back(body(in_.line()));
      if (!ok() || in_.look_at_word() != "else") return out;
      in_.word();
      in_.skip_blanks();
      if (in_.look_at_word() != "if") break;
      in_.word();
    }
    out.parts.push_back(body(in_.line()));
    return out;
  }

  Command loop(std::uint32_t line) {
    Command out = made(Command::Kind::loop, line, {}, {"while"});
    out.parts.push_back(head());
    out.parts.push_back(body(in_.line()));
    return out;
  }

  Command each(std::uint32_t line) {
    Command out = made(Command::Kind::each, line, {}, words());
    if (out.words.size() < 2 || out.words[1] != "in") fail();
    out.parts.push_back(body(in_.line()));
    return out;
  }

  Command choice(std::uint32_t line) {
    Command out = made(Command::Kind::choice, line, {}, words());
    if (out.words.size() != 1) fail();
    in_.skip_separators();
    while (ok() && in_.look_at_word() == "case") {
      const std::uint32_t at = in_.line();
      in_.word();
      Command arm = made(Command::Kind::arm, at, {}, words());
      arm.parts.push_back(body(at));
      out.parts.push_back(std::move(arm));
    }
    return out;
  }

  Command function(std::uint32_t line) {
    Command out = made(Command::Kind::function, line, {}, words());
    if (out.words.empty()) fail();
    out.parts.push_back(body(line));
    return out;
  }

  FishLetters in_;
  int depth_ = 0;
};

}  // namespace

Script parse_fish(std::string_view text) { return FishParser(text).run(); }

}  // namespace gopol::providers::shell
