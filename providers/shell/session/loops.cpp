#include <algorithm>
#include <utility>

#include "providers/shell/session/fish.h"
#include "providers/shell/session/reader.h"

namespace gopol::providers::shell {
namespace {

constexpr int most_rounds = 200, rounds_to_settle = 3;

bool same_path(const std::vector<PathEntry>& a, const std::vector<PathEntry>& b) {
  return std::equal(
      a.begin(), a.end(), b.begin(), b.end(), [](const PathEntry& left, const PathEntry& right) {
        return left.folder == right.folder && left.unknown.has_value() == right.unknown.has_value();
      });
}

/// Makes unknown what goes on changing from round to round.
void widen(Session& session, const State& before) {
  if (!same_path(session.state.path, before.path))
    lose_path(session, "gopol does not count rounds");
  for (auto& [name, variable] : session.state.variables) {
    const auto at = before.variables.find(name);
    if (at == before.variables.end() || at->second != variable)
      variable.items = {{"", "gopol does not count rounds"}};
  }
}

}  // namespace

/// True: the loop is left.
bool Reader::end_round() {
  Flow& flow = session_.state.flow;
  const bool left = flow == Flow::out_of_loop;
  if (flow == Flow::next_round || left) flow = Flow::on;
  return left || flow != Flow::on;
}

/// Whoever left it in the middle is here.
void Reader::leave_loop() {
  std::vector<State> parked = std::move(loops_.back());
  loops_.pop_back();
  for (State& other : parked) {
    other.flow = Flow::on;
    session_.state = merged(session_.state, std::move(other), session_.state);
  }
}

/// Any number of rounds: both with one more and without, until no more changes.
void Reader::run_rounds(const Command& body, const Command* head) {
  for (int round = 0; round <= rounds_to_settle; ++round) {
    State before = session_.state;
    run(body);
    end_round();
    if (head != nullptr && session_.state.flow == Flow::on) run(*head);
    session_.state = merged(std::move(session_.state), before, before);
    if (same_path(session_.state.path, before.path) && session_.state.variables == before.variables)
      return;
    if (round == rounds_to_settle) widen(session_, before);
  }
}

Truth Reader::run_loop(const Command& command) {
  const bool until = command.words.at(0) == "until";
  const bool counted = command.words[0] != "while" && !until;
  loops_.emplace_back();
  for (int round = 0; round < most_rounds; ++round) {
    const Truth holds = counted ? Truth::maybe : run(command.parts.at(0));
    if (session_.state.flow != Flow::on) break;
    if (holds == (until ? Truth::yes : Truth::no)) break;
    if (holds == Truth::maybe || round + 1 == most_rounds) {
      run_rounds(command.parts.at(1), &command.parts[0]);
      break;
    }
    run(command.parts.at(1));
    if (end_round()) break;
  }
  leave_loop();
  return Truth::maybe;
}

Truth Reader::run_each(const Command& command) {
  const bool given = command.words.size() > 1;
  Fields values;
  const bool fish = session_.shell == Shell::fish;
  const auto options = session_.state.options;
  if (fish) session_.state.options["nullglob"] = Truth::yes;
  if (given)
    values = fields_of(session_, command.words, 2);
  else
    values.items = session_.state.arguments;
  session_.state.options = options;
  for (const Text& one : values.items) {
    if (fish && !one.whole()) values.why = one.why;  // it may be several
  }
  if (session_.stopped) return abandon();
  const std::string& name = command.words.at(0);
  loops_.emplace_back();
  const bool known = values.why.empty() && values.items.size() <= most_rounds;
  for (std::size_t i = 0; known && i < values.items.size(); ++i) {
    set(session_, name, values.items[i]);
    run(command.parts.at(0));
    if (end_round()) break;
  }
  if (!known) {
    set(session_, name, Text{"", untold});
    run_rounds(command.parts.at(0), nullptr);
  }
  leave_loop();
  return Truth::maybe;
}

Truth Reader::run_choice(const Command& command) {
  const Text subject = expanded(session_, command.words.at(0), Place::word);
  return run_arm(command, {without_marks(subject.text), subject.why}, 0);
}

Truth Reader::run_arm(const Command& command, const Text& subject, std::size_t at) {
  if (at >= command.parts.size()) return Truth::yes;
  const Command& arm = command.parts[at];
  Truth fits = Truth::no;
  for (const std::string& word : session_.shell == Shell::fish ? Words{} : arm.words) {
    Built pattern = built(session_, word, Place::word);
    const Text plain{without_marks(pattern.text), {}};
    if (plain.text.size() == pattern.text.size())
      fits = either(fits, matches(pattern, subject));
    else
      fits = either(fits, Truth::maybe);
  }
  if (session_.shell == Shell::fish) {
    const Fields patterns = fields_of(session_, arm.words, 0);
    for (const Text& one : patterns.items) {
      const Truth here = one.whole() ? matches(fish_pattern(one.text), subject) : Truth::maybe;
      fits = either(fits, here);
    }
    if (!patterns.why.empty()) fits = either(fits, Truth::maybe);
  }
  if (fits == Truth::no) return run_arm(command, subject, at + 1);
  State before = session_.state;
  Truth out = run(arm.parts.at(0));
  if (arm.goes_on && session_.state.flow == Flow::on) out = lose("gopol does not follow `;&`");
  if (fits == Truth::yes) return out;
  State taken = std::exchange(session_.state, before);
  run_arm(command, subject, at + 1);
  session_.state = merged(std::move(taken), std::move(session_.state), before);
  return Truth::maybe;
}

}  // namespace gopol::providers::shell
