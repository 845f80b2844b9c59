#include "cli/workspace/rehearse/consequences.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <tuple>

namespace gopol::cli {
namespace {

using Kind = Consequence::Kind;

std::optional<Kind> kind_of(Level now, Level then) {
  const auto works = [](Level level) { return level < Level::off; };
  if (now == then || (!works(now) && !works(then))) return {};
  if (then < now) return then == Level::unknown ? std::nullopt : std::optional(Kind::better);
  if (then == Level::broken) return now == Level::unknown ? Kind::worse : Kind::breaks;
  return then == Level::unknown ? Kind::unknown : Kind::worse;
}

void compare(const Answers::key_type& question, const Answer& now, const Answer& then,
             Consequences& out) {
  const auto kind = kind_of(now.level, then.level);
  // What is better says no more than the plan, where nobody asked for more than that it works.
  if (!kind || (*kind == Kind::better && now.level < Level::off)) return;
  out.push_back({*kind, question.first, question.second, then.says, now.says});
}

}  // namespace

void sort(Consequences& all) {
  std::stable_sort(all.begin(), all.end(), [](const Consequence& a, const Consequence& b) {
    return std::tie(a.kind, a.about, a.subject) < std::tie(b.kind, b.about, b.subject);
  });
}

Consequences compared(const Answers& now, const Answers& then) {
  Consequences out;
  for (const auto& [question, answer] : then) {
    const auto before = now.find(question);
    compare(question, before == now.end() ? Answer{} : before->second, answer, out);
  }
  for (const auto& [question, answer] : now) {
    if (!then.contains(question)) compare(question, answer, {}, out);
  }
  sort(out);
  return out;
}

bool breaks(const Consequences& all) {
  return std::any_of(all.begin(), all.end(),
                     [](const Consequence& one) { return one.kind == Kind::breaks; });
}

bool is_finding(const Consequences& all) {
  return std::any_of(all.begin(), all.end(), [](const Consequence& one) {
    return one.kind == Kind::breaks || one.kind == Kind::fails;
  });
}

std::string to_text(const Consequence& one) {
  const std::string then = one.then.empty() ? "mended" : one.then;
  std::string out = fmt::format("{}: {}", to_text(one.kind), one.subject);
  if (one.about == About::health && !one.then.empty())
    out = fmt::format("{}: {}", to_text(one.kind), then);  // a sentence of its own
  else if (one.subject != then)
    out += ": " + then;
  if (!one.now.empty() && one.now != one.subject) out += fmt::format(" (now {})", one.now);
  return out;
}

std::string_view to_text(Kind kind) {
  switch (kind) {
    case Kind::breaks: return "breaks";
    case Kind::fails: return "fails";
    case Kind::worse: return "worse";
    case Kind::unknown: return "unknown";
    case Kind::better: return "better";
  }
  return "worse";
}

std::string_view to_text(About about) {
  switch (about) {
    case About::change: return "change";
    case About::go: return "go";
    case About::terminal: return "terminal";
    case About::program: return "program";
    case About::setting: return "setting";
    case About::module: return "module";
    case About::health: return "health";
    case About::claim: return "claim";
  }
  return "change";
}

}  // namespace gopol::cli
