#include "providers/shell/session/reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "providers/read/lines.h"
#include "providers/read/reading.h"
#include "providers/shell/path_edits.h"
#include "providers/shell/session/condition.h"

namespace gopol::providers::shell {
namespace {

constexpr int most_files_deep = 10, most_calls_deep = 30, most_commands = 50'000;

/// Stands for a line of gopol's block that takes a folder out of PATH.
constexpr char take_out_mark = '\x03';

/// The text with such lines as one command each; lines keep their numbers.
std::string with_take_outs(std::string_view text, Shell shell) {
  std::string out;
  for (const std::string_view line : lines_with_ends(text)) {
    if (const auto folder = taken_out(shell, without_end(line)))
      out += fmt::format("{} {}\n", take_out_mark, quoted(shell, folder->text));
    else
      out += line;
  }
  return out;
}

}  // namespace

Truth Reader::lose(std::string_view why) {
  lose_all(session_, why);
  return Truth::maybe;
}

void Reader::run_file(const dsl::Path& file) {
  const FileText text = read_text(session_.host, file);
  session_.where = file.text;
  if (!text.there) {
    if (const auto* why = text.why_not.as<dsl::Unknown>()) lose(why->reason.text());
    return;
  }
  if (files_ >= most_files_deep) return void(lose("files that source each other"));
  for (const char mark : {path_begin, path_end, take_out_mark}) {
    if (text.text.find(mark) != std::string::npos) return void(lose("it holds control characters"));
  }
  const std::string outer = std::exchange(session_.file, file.text);
  const int texts = std::exchange(texts_, 0);
  const bool sourced = std::exchange(session_.sourced, files_ > 0);
  ++files_;
  frames_.emplace_back();
  blocks_.emplace_back();
  run_script(scripts_.emplace_back(
      parse_script(with_take_outs(text.text, session_.shell), dialect_of(session_.shell))));
  leave(frames_.back());
  frames_.pop_back();
  give_back(blocks_.back());
  blocks_.pop_back();
  --files_;
  texts_ = texts;
  session_.sourced = sourced;
  session_.file = outer;
}

/// An error in a word: zsh leaves the file, bash drops the line, or ends where nobody types.
Truth Reader::abandon() {
  session_.stopped = false;
  const bool drops =
      session_.shell == Shell::fish || (session_.shell != Shell::zsh && session_.interactive);
  if (!drops) session_.state.flow = Flow::out_of_file;
  return Truth::no;
}

Truth Reader::run_script(const Script& script) {
  // fish reads a file to its end before it runs any of it.
  if (session_.shell != Shell::fish || script.broken_at == 0) run_all(script.commands);
  if (script.broken_at == 0 || session_.state.flow != Flow::on) return session_.state.last;
  if (texts_ == 0) session_.where = fmt::format("{}:{}", session_.file, script.broken_at);
  return lose(script.why);
}

Truth Reader::run_text(std::string_view text) {
  if (texts_ >= most_files_deep) return lose("texts that run each other");
  ++texts_;
  const Truth out =
      run_script(scripts_.emplace_back(parse_script(text, dialect_of(session_.shell))));
  --texts_;
  return out;
}

/// Where two ways meet again. One that has left waits for where it goes on.
State Reader::merged(State a, State b, const State& before) {
  if (a.flow == Flow::on && b.flow == Flow::on)
    return joined(std::move(a), std::move(b), before, session_.where);
  if (a.flow == Flow::on) std::swap(a, b);
  park(std::move(a));
  return b;
}

Reader::Frame& Reader::file_frame() {
  std::size_t at = frames_.size() - 1;
  while (at > 0 && frames_[at].function) --at;
  return frames_[at];
}

void Reader::park(State state) {
  if (state.flow == Flow::out_of_function && !frames_.empty())
    frames_.back().returned.push_back(std::move(state));
  else if (state.flow == Flow::out_of_file)
    file_frame().returned.push_back(std::move(state));
  else if ((state.flow == Flow::next_round || state.flow == Flow::out_of_loop) && !loops_.empty())
    loops_.back().push_back(std::move(state));
}

/// The end of a file or a function: whoever returned is here.
void Reader::leave(Frame& frame) {
  State& state = session_.state;
  if (state.flow == Flow::out_of_function) state.flow = Flow::on;
  if (state.flow == Flow::out_of_file && !frame.function) state.flow = Flow::on;
  for (State& other : frame.returned) {
    other.flow = Flow::on;
    state = state.flow == Flow::on ? joined(state, other, state, session_.where) : other;
  }
  give_back(frame);
}

/// What was hidden comes back.
void Reader::give_back(Frame& frame) {
  State& state = session_.state;
  for (auto& [name, variable] : frame.outer) {
    if (variable)
      state.variables[name] = std::move(*variable);
    else
      state.variables.erase(name);
  }
  if (frame.outer_path) state.path = std::move(*frame.outer_path);
}

void Reader::settle() {
  State& state = session_.state;
  if (state.flow == Flow::ended && replaced_.empty()) lose("the shell ends there");
  for (State& other : replaced_) {
    const bool is_same_way = state.flow == Flow::ended;
    state = is_same_way ? other : joined(state, other, state, session_.where);
  }
}

Truth Reader::run_all(const std::vector<Command>& commands) {
  Truth out = Truth::yes;
  for (const Command& command : commands) {
    if (session_.state.flow != Flow::on) break;
    out = run(command);
  }
  return out;
}

/// In fish a block's variables are its own.
Truth Reader::run_block(const std::vector<Command>& commands) {
  if (session_.shell != Shell::fish) return run_all(commands);
  blocks_.emplace_back();
  const Truth out = run_all(commands);
  give_back(blocks_.back());
  blocks_.pop_back();
  return out;
}

Truth Reader::run(const Command& command) {
  if (++steps_ > most_commands) {
    session_.state.flow = Flow::ended;
    return lose("it runs longer than gopol follows");
  }
  if (texts_ == 0) session_.where = fmt::format("{}:{}", session_.file, command.line);
  Truth out = Truth::maybe;
  switch (command.kind) {
    case Command::Kind::simple: out = run_simple(command); break;
    case Command::Kind::test: out = condition(session_, command.words, true); break;
    case Command::Kind::arithmetic: out = run_arithmetic(command.words.at(0)); break;
    case Command::Kind::sequence: out = run_block(command.parts); break;
    case Command::Kind::both:
    case Command::Kind::either: {
      const Truth first = run(command.parts.at(0));
      const bool is_and = command.kind == Command::Kind::both;
      const Truth goes_on = is_and ? first : negation(first);
      if (session_.state.flow != Flow::on || goes_on == Truth::no)
        out = first;
      else if (goes_on == Truth::yes)
        out = run(command.parts.at(1));
      else
        out = run_if_maybe(command.parts.at(1));
      break;
    }
    case Command::Kind::negated: out = negation(run(command.parts.at(0))); break;
    case Command::Kind::pipe: out = run_pipe(command); break;
    case Command::Kind::apart: out = run_beside(command.parts.at(0)); break;
    case Command::Kind::condition: out = run_branch(command, 0); break;
    case Command::Kind::loop: out = run_loop(command); break;
    case Command::Kind::each: out = run_each(command); break;
    case Command::Kind::choice: out = run_choice(command); break;
    case Command::Kind::arm: break;
    case Command::Kind::function: out = run_function(command); break;
  }
  if (session_.stopped) out = abandon();  // in a condition, a list of values
  return session_.state.last = out;
}

Truth Reader::run_if_maybe(const Command& command) {
  State before = session_.state;
  run(command);
  session_.state = merged(std::move(session_.state), before, before);
  return Truth::maybe;
}

/// In a process of its own: what it changes is gone with it.
Truth Reader::run_beside(const Command& command) {
  State before = session_.state;
  frames_.emplace_back();
  loops_.emplace_back();
  const Truth out = run(command);
  const bool ended = session_.state.flow != Flow::on;
  frames_.pop_back();
  loops_.pop_back();
  session_.state = std::move(before);
  return ended ? Truth::maybe : out;
}

/// The branch of an `if` whose condition is at `at`; the last may be an `else`.
Truth Reader::run_branch(const Command& command, std::size_t at) {
  const auto& parts = command.parts;
  if (at >= parts.size()) return Truth::yes;
  if (at + 1 == parts.size()) return run(parts[at]);
  const Truth holds = run(parts[at]);
  if (session_.state.flow != Flow::on) return Truth::maybe;
  if (holds == Truth::yes) return run(parts[at + 1]);
  if (holds == Truth::no) return run_branch(command, at + 2);
  State before = session_.state;
  run(parts[at + 1]);
  State taken = std::exchange(session_.state, before);
  run_branch(command, at + 2);
  session_.state = merged(std::move(taken), std::move(session_.state), before);
  return Truth::maybe;
}

/// The last part of a pipe is zsh's own; what it reads is unknown.
Truth Reader::run_pipe(const Command& command) {
  if (session_.shell == Shell::fish) return fish_pipe(command);
  if (session_.shell != Shell::zsh) return Truth::maybe;
  return run(command.parts.back());
}

Truth Reader::run_function(const Command& command) {
  if (session_.shell == Shell::fish) return fish_function(command);
  if (!command.words.empty()) {
    for (const std::string& name : command.words)
      session_.state.functions[name] = {&command.parts.at(0), texts_ > 0 ? "" : session_.file};
    return Truth::yes;
  }
  // Without a name it is called where it stands.
  session_.state.functions[""] = {&command.parts.at(0), texts_ > 0 ? "" : session_.file};
  return call("",
              command.parts.size() > 1 ? fields_of(session_, command.parts[1].words, 0) : Fields{});
}

Truth Reader::call(const std::string& name, const Fields& fields) {
  const Function function = session_.state.functions.find(name)->second;
  if (function.body == nullptr || calls_ >= most_calls_deep)
    return lose("it calls a function that gopol does not follow");
  ++calls_;
  frames_.emplace_back().function = true;
  const std::vector<Text> outer = std::exchange(session_.state.arguments, fields.items);
  if (!fields.why.empty()) session_.state.arguments = {{"", fields.why}};
  const std::string called = std::exchange(session_.called, name.empty() ? "(anon)" : name);
  const std::vector<std::vector<State>> loops = std::exchange(loops_, {});
  // With arguments it is the call that decides, else the lines of the body.
  blocks_.emplace_back().function = true;
  fish_parameters(function, fields);
  const bool by_call = !fields.items.empty() || function.file.empty();
  const std::string file = session_.file;
  if (!by_call) session_.file = function.file;
  texts_ += by_call ? 1 : 0;
  run(*function.body);
  texts_ -= by_call ? 1 : 0;
  session_.file = file;
  loops_ = loops;
  leave(frames_.back());
  frames_.pop_back();
  give_back(blocks_.back());
  blocks_.pop_back();
  session_.state.arguments = outer;
  session_.called = called;
  --calls_;
  return session_.state.last;
}

}  // namespace gopol::providers::shell
