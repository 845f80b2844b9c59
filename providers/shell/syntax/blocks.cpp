#include <utility>

#include "providers/shell/syntax/parser.h"

namespace gopol::providers::shell {

Command Parser::test() {
  Command out = made(Command::Kind::test, in_.line());
  const std::uint32_t from = in_.line();
  in_.word();
  while (ok()) {
    in_.skip_lines();
    if (!out.words.empty() && out.words.back() == "=~") {
      out.words.push_back(in_.pattern());
      continue;
    }
    const std::string word = in_.word();
    if (word == "]]") return out;
    if (!word.empty()) {
      out.words.push_back(word);
    } else if (in_.at_end()) {
      in_.break_off(from, "a quote or bracket is not closed");
    } else if (in_.sees("&&") || in_.sees("||")) {
      out.words.emplace_back(2, in_.peek());
      in_.skip(2);
    } else {
      out.words.emplace_back(1, in_.peek());
      in_.step();
    }
  }
  return out;
}

Command Parser::head(bool& short_form) {
  const bool outer = std::exchange(stop_at_brace_, zsh_);
  Command out = list();
  stop_at_brace_ = outer;
  in_.skip_blanks();
  short_form = zsh_ && in_.peek() == '{';
  return out;
}

Command Parser::condition() {
  const std::uint32_t from = in_.line();
  Command out = made(Command::Kind::condition, from);
  do {
    in_.word();  // `if`, `elif`
    bool short_form = false;
    out.parts.push_back(head(short_form));
    if (ok() && short_form) {
      out.parts.push_back(block());
      if (!another_branch()) return out;
      continue;
    }
    expect("then", from);
    if (ok()) out.parts.push_back(list());
    skip_separators();
  } while (ok() && next_word() == "elif");
  if (ok() && accept("else")) {
    if (zsh_ && next_word() == "{") {
      out.parts.push_back(block());
      return out;
    }
    out.parts.push_back(list());
  }
  expect("fi", from);
  return out;
}

Command Parser::loop() {
  const std::uint32_t from = in_.line();
  Command out = made(Command::Kind::loop, from, {}, {in_.word()});
  bool short_form = false;
  if (out.words[0] == "repeat") {
    in_.skip_blanks();
    out.words.push_back(in_.word());
    out.parts.push_back(made(Command::Kind::sequence, from));
  } else {
    out.parts.push_back(head(short_form));
  }
  out.parts.push_back(body_of_loop(from));
  return out;
}

Command Parser::body_of_loop(std::uint32_t from) {
  skip_separators();
  if (!ok()) return {};
  if (in_.peek() == '{') return block();
  if (zsh_ && next_word() != "do") return line();  // `for x (…) COMMAND`
  expect("do", from);
  Command out = list();
  expect("done", from);
  return out;
}

Command Parser::each() {
  const std::uint32_t from = in_.line();
  in_.word();
  in_.skip_blanks();
  Command out = made(Command::Kind::each, from);
  if (in_.sees("((")) {
    const std::string three = in_.arithmetic();
    const std::size_t first = three.find(';'), second = three.find(';', first + 1);
    if (first == std::string::npos || second == std::string::npos) fail();
    if (!ok()) return out;
    out.kind = Command::Kind::loop;
    out.words = {"for", three.substr(0, first), three.substr(first + 1, second - first - 1),
                 three.substr(second + 1)};
    out.parts.push_back(made(Command::Kind::sequence, from));
    out.parts.push_back(body_of_loop(from));
    return out;
  }
  while (ok() && is_plain_name(next_word()) && next_word() != "in" && next_word() != "do")
    out.words.push_back(in_.word());
  if (out.words.size() != 1) fail();  // zsh takes several at a time
  in_.skip_lines();
  if (zsh_ && in_.peek() == '(') {
    values_in_brackets(out);
  } else if (accept("in")) {
    out.words.emplace_back("in");
    while (ok() && !next_word().empty()) out.words.push_back(in_.word());
  }
  if (ok()) out.parts.push_back(body_of_loop(from));
  return out;
}

void Parser::values_in_brackets(Command& out) {
  in_.step();
  out.words.emplace_back("in");
  for (in_.skip_lines(); ok() && !in_.at_end() && in_.peek() != ')'; in_.skip_lines()) {
    out.words.push_back(in_.word());
    if (out.words.back().empty()) fail();
  }
  in_.step();
}

Command Parser::choice() {
  const std::uint32_t from = in_.line();
  in_.word();
  in_.skip_blanks();
  Command out = made(Command::Kind::choice, from, {}, {in_.word()});
  in_.skip_lines();
  const bool braces = zsh_ && accept("{");
  if (!braces) expect("in", from);
  const char* end = braces ? "}" : "esac";
  for (in_.skip_lines(); ok() && next_word() != end; in_.skip_lines()) {
    if (in_.at_end()) in_.break_off(from, block_open);
    if (ok()) out.parts.push_back(arm());
  }
  if (ok()) in_.word();
  return out;
}

Command Parser::arm() {
  Command out = made(Command::Kind::arm, in_.line());
  if (in_.peek() == '(') in_.step();
  do {
    in_.skip_blanks();
    out.words.push_back(in_.word());
    in_.skip_blanks();
  } while (ok() && in_.peek() == '|' && (in_.step(), true));
  if (in_.peek() != ')' || out.words.back().empty()) fail();
  in_.step();
  if (!ok()) return out;
  out.parts.push_back(list());
  in_.skip_blanks();
  if (in_.peek() != ';') return out;
  out.goes_on = in_.sees(";&") || in_.sees(";|") || in_.sees(";;&");
  in_.skip(in_.sees(";;&") ? 3 : 2);
  return out;
}

}  // namespace gopol::providers::shell
