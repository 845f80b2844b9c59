#include "cli/print/plan/undo_text.h"

#include <fmt/format.h>

#include "engine/plan/disclosure.h"

namespace gopol::cli {
namespace {

using Way = engine::UndoStep::Way;

/// A line on one slot: what it is, and what it becomes.
std::string move_line(const dsl::Slot& slot, const std::string& from, const std::string& to,
                      const Terminal& terminal) {
  return fmt::format(" {} {}  {} {} {}\n", terminal.paint("-", "33"),
                     presentable(dsl::to_text(slot)), presentable(from), terminal.arrow(),
                     presentable(to));
}

/// What the journal says a slot was or became, without what only its owner may read.
std::string said(const dsl::Slot& slot, const std::string& text) {
  const bool tells_presence = text == "absent" || text == "unset";
  return engine::is_private(slot) && !tells_presence
             ? dsl::to_text(engine::shown(slot, dsl::Value(text)))
             : text;
}

std::string was_text(const engine::JournalEntry::Move& move) {
  return move.was && move.was->is_absent() ? "unset" : said(move.slot, move.from);
}

/// What happens to whole folders.
std::string trees_text(const engine::UndoStep& step) {
  std::string out;
  for (const dsl::Path& tree : step.trees) {
    const std::string path = presentable(tree.text);
    out += step.keeps_trees ? fmt::format("     keeps {}; `--purge` removes it\n", path)
                            : fmt::format("     removes {} with all that is in it\n", path);
  }
  return out;
}

std::string step_text(const engine::UndoStep& step, const Terminal& terminal) {
  std::string out;
  if (step.way == Way::inverse) {
    for (const engine::Assignment& one : step.back.assignments) {
      const std::string to =
          one.to.is_absent() ? "unset" : dsl::to_text(engine::shown(one.slot, one.to));
      out += move_line(one.slot, dsl::to_text(engine::shown(one.slot, one.from)), to, terminal);
    }
    return out + fmt::format("     {}: the slot is moved back, the rest stays\n",
                             presentable(step.why, 300));
  }
  if (!step.purged.empty()) {
    for (const engine::Assignment& one : step.back.assignments)
      out +=
          fmt::format(" {} {}\n", terminal.paint("-", "33"), presentable(dsl::to_text(one.slot)));
    for (const dsl::Path& path : step.purged)
      out += fmt::format("     removes {}, which was moved aside\n", presentable(path.text));
    return out;
  }
  for (const auto& move : step.of.front().standing) {
    const bool is_back = step.way == Way::nothing;
    out += move_line(move.slot, is_back ? was_text(move) : said(move.slot, move.to), was_text(move),
                     terminal);
  }
  if (step.way == Way::nothing) return out + "     it is so already\n";
  return out + trees_text(step);
}

std::string shown_name(const engine::Change& change) {
  return change.key.empty() ? change.family
                            : fmt::format("{} \"{}\"", change.family, presentable(change.key));
}

}  // namespace

std::string undo_text(const engine::UndoPlan& plan, const Terminal& terminal) {
  if (plan.empty()) return "nothing to take back\n";
  std::string out;
  for (const engine::UndoStep& step : plan.steps) out += step_text(step, terminal);
  for (const engine::NotTakenBack& left : plan.left) {
    out += fmt::format(" {} {}  stays: {}\n", terminal.paint("x", "31"),
                       presentable(dsl::to_text(left.slot)), presentable(left.why, 300));
  }
  return out;
}

std::string undo_outcome_text(const engine::UndoOutcome& outcome, const Terminal& terminal) {
  if (outcome.waits) {
    return fmt::format(" {} {}: waits for an administrator, {}\n", terminal.paint("left", "33"),
                       shown_name(outcome.step.back), outcome.why.front().message);
  }
  const bool ok = outcome.why.empty();
  return fmt::format(" {} {}\n", terminal.paint(ok ? "ok" : "failed", ok ? "32" : "31"),
                     shown_name(outcome.step.back));
}

}  // namespace gopol::cli
