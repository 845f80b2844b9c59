#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "providers/read/lines.h"
#include "providers/read/reading.h"
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

/// Whether another round is run.
Truth Reader::loop_goes_on(const Command& command, int round) {
  const std::string& how = command.words.at(0);
  if (how == "for" && command.words.size() == 4) return run_arithmetic(command.words[2]);
  if (how == "repeat" && command.words.size() == 2) {
    const Text count = arithmetic(session_, command.words[1]);
    return count.whole() ? truth(fmt::format("{}", round) != count.text) : Truth::maybe;
  }
  if (how != "while" && how != "until") return Truth::maybe;
  const Truth out = run(command.parts.at(0));
  return how == "until" ? negation(out) : out;
}

Truth Reader::run_loop(const Command& command) {
  const std::string& how = command.words.at(0);
  const bool counts = how == "for" && command.words.size() == 4;
  if (counts) run_arithmetic(command.words[1]);
  loops_.emplace_back();
  const bool done = !command.input.empty() && run_over_file(command);
  for (int round = 0; !done && round < most_rounds; ++round) {
    const Truth holds = loop_goes_on(command, round);
    if (session_.state.flow != Flow::on || holds == Truth::no) break;
    if (holds == Truth::maybe || round + 1 == most_rounds) {
      if (counts) forget_counted(command.words[3]);
      run_rounds(command.parts.at(1),
                 how == "while" || how == "until" ? &command.parts[0] : nullptr);
      break;
    }
    run(command.parts.at(1));
    if (end_round()) break;
    if (counts) run_arithmetic(command.words[3]);
  }
  leave_loop();
  return Truth::maybe;
}

namespace {

/// Whether a body may read what the loop reads.
bool reads_input(const Command& command) {
  static constexpr std::array readers = {"read", "cat",  "ssh",  "source",
                                         ".",    "eval", "exec", "sudo"};
  if (command.kind == Command::Kind::simple && !command.words.empty() &&
      is_one_of(command.words[0], readers))
    return command.input.empty();
  return std::any_of(command.parts.begin(), command.parts.end(), reads_input);
}

}  // namespace

/// `while read …; do …; done < FILE`: one round a line. False: it is not that.
bool Reader::run_over_file(const Command& command) {
  const Command* head = &command.parts.at(0);
  while (head->kind == Command::Kind::sequence && head->parts.size() == 1) head = &head->parts[0];
  const bool last_too = head->kind == Command::Kind::either;  // `read … || [ -n "$line" ]`
  if (last_too) head = &head->parts[0];
  if (command.words[0] != "while" || head->kind != Command::Kind::simple) return false;
  Words words = head->words;
  const bool keeps_blanks = !words.empty() && words[0] == "IFS=";
  std::string separators = " \t";
  if (!words.empty() && words[0].starts_with("IFS=")) {
    const Text ifs = expanded(session_, words[0].substr(4), Place::value);
    if (!ifs.whole()) return false;
    separators = ifs.text;
    words.erase(words.begin());
  }
  if (words.size() < 3 || words[0] != "read" || words[1] != "-r" ||
      reads_input(command.parts.at(1)))
    return false;
  const Text name = expanded(session_, command.input, Place::word);
  if (!name.whole() || !name.text.starts_with('/')) return false;
  const FileText file = read_text(session_.host, dsl::Path(name.text));
  if (!file.there) return !file.why_not.is_unknown();
  int rounds = 0;
  for (const std::string_view line : lines_with_ends(file.text)) {
    if (++rounds > most_rounds) return lose("gopol does not count rounds"), true;
    const bool whole = line.ends_with('\n');
    if (!whole && !last_too) break;
    std::string rest(without_end(line));
    for (std::size_t i = 2; i < words.size(); ++i) {
      const bool last = i + 1 == words.size();
      const bool blanks = !keeps_blanks && separators == " \t";
      if (blanks) rest.erase(0, std::min(rest.find_first_not_of(" \t"), rest.size()));
      std::size_t end = last ? rest.size() : std::min(rest.find_first_of(separators), rest.size());
      std::string value = rest.substr(0, end);
      rest.erase(0, end + (last ? 0 : 1));
      if (blanks) value.resize(value.find_last_not_of(" \t") + 1);
      const bool open =
          last && !blanks && !value.empty() && separators.find(value.back()) != std::string::npos;
      set(session_, words[i], open ? Text{"", untold} : Text{std::move(value), {}});
    }
    run(command.parts.at(1));
    if (end_round()) return true;
  }
  for (std::size_t i = 2; i < words.size(); ++i) set(session_, words[i], Text{});
  return true;
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
