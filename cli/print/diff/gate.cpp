#include "cli/print/diff/gate.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <sstream>
#include <utility>

#include "cli/terminal/terminal.h"
#include "dsl/value/near_miss.h"
#include "engine/encoding/xml.h"
#include "engine/plan/interpolation.h"

namespace gopol::cli {
namespace {

using engine::RuleChange;
using engine::SlotEffect;

constexpr std::array<std::string_view, 11> words = {"any",      "new",     "removed",     "weaker",
                                                    "stronger", "changed", "waiver",      "sudo",
                                                    "conflict", "unknown", "irreversible"};

bool has(const DiffGate& gate, std::string_view word) {
  return std::find(gate.begin(), gate.end(), word) != gate.end();
}

bool stops(const DiffGate& gate, const RuleChange& change) {
  const bool removes = change.kind == RuleChange::Kind::removed;
  const bool waives =
      std::any_of(change.differences.begin(), change.differences.end(),
                  [](const auto& one) { return one.aspect == engine::Aspect::waiver; });
  return has(gate, "any") || has(gate, word(change)) || (removes && has(gate, "weaker")) ||
         (waives && has(gate, "waiver"));
}

/// What of the gate an outcome is that another one was not.
std::vector<std::string_view> stopping(const DiffGate& gate, const engine::SlotChange& change) {
  const auto came = [&](auto is_such) { return is_such(change.is) && !is_such(change.was); };
  const std::pair<std::string_view, bool> all[] = {
      {"conflict", came([](const auto& one) { return one.effect == SlotEffect::conflict; })},
      {"unknown", came([](const auto& one) { return one.effect == SlotEffect::unknown; })},
      {"sudo", came([](const auto& one) { return one.demands.needs_root; })},
      {"irreversible", came([](const auto& one) { return one.demands.irreversible; })}};
  std::vector<std::string_view> out;
  for (const auto& [word, is_such] : all) {
    if (is_such && has(gate, word)) out.push_back(word);
  }
  return out;
}

std::string details(const RuleChange& change) {
  std::vector<std::string> out;
  for (const engine::Difference& one : change.differences) {
    const std::string from = presentable(one.from, 60), to = presentable(one.to, 60);
    out.push_back(from.empty() ? fmt::format("{} {}", one.what, to)
                               : fmt::format("{} from {} to {}", one.what, from,
                                             to.empty() ? "nothing" : to));
  }
  return fmt::format("{}", fmt::join(out, "; "));
}

}  // namespace

dsl::Result<DiffGate> parse_diff_gate(const std::string& text) {
  DiffGate out;
  std::istringstream in(text);
  for (std::string one; std::getline(in, one, ',');) {
    if (std::find(words.begin(), words.end(), one) == words.end()) {
      const std::vector<std::string> all(words.begin(), words.end());
      const auto near = dsl::near_miss(one, all);
      return dsl::problem("P0001",
                          fmt::format("`--fail-on` of diff knows no `{}`", presentable(one)),
                          near ? fmt::format("did you mean `{}`?", *near)
                               : fmt::format("it takes {}", fmt::join(words, ", ")));
    }
    out.push_back(std::move(one));
  }
  return out;
}

namespace {

/// What the gate stops on recorded machines: `conflict: go.env.GOPROXY on 3 machines`.
std::vector<std::string> stopped_machines(const DiffGate& gate, const DiffReport& report) {
  std::vector<std::string> out;
  if (!report.fleet) return out;
  for (const engine::FleetGroup& group : report.fleet->groups) {
    for (const engine::SlotChange& change : group.changes) {
      for (const std::string_view why : stopping(gate, change))
        out.push_back(fmt::format("{}: {} on {}", why,
                                  engine::as_written(dsl::to_text(change.slot)),
                                  machines(group.machines)));
    }
  }
  return out;
}

}  // namespace

std::vector<std::string> stopped_by(const DiffGate& gate, const DiffReport& report) {
  std::vector<std::string> out;
  for (const RuleChange& change : report.rules) {
    if (stops(gate, change)) out.push_back(fmt::format("{}: {}", word(change), change.name));
  }
  for (std::string& line : stopped_machines(gate, report)) out.push_back(std::move(line));
  return out;
}

dsl::Diagnostics diff_diagnostics(const DiffGate& gate, const DiffReport& report) {
  dsl::Diagnostics out;
  for (const RuleChange& change : report.rules) {
    const engine::Direction direction = engine::direction_of(change);
    const bool weaker = direction == engine::Direction::weaker;
    auto one =
        dsl::problem(weaker ? "D1001" : "D1002", change.place,
                     fmt::format("`{}` is {}", change.name, word(change)), "", details(change));
    one.severity = stops(gate, change) || weaker ? dsl::Severity::warning : dsl::Severity::note;
    out.push_back(std::move(one));
  }
  for (std::string& line : stopped_machines(gate, report)) {
    auto one = dsl::problem("D1003", std::move(line), "look at `gopol diff --fleet`");
    one.severity = dsl::Severity::warning;
    out.push_back(std::move(one));
  }
  return out;
}

std::string diff_junit(const DiffGate& gate, const DiffReport& report) {
  const auto on_machines = stopped_machines(gate, report);
  std::size_t failed = on_machines.size();
  std::string cases;
  for (const RuleChange& change : report.rules) {
    cases += fmt::format("  <testcase classname=\"{}\" name=\"{}\"",
                         engine::xml_attribute(place_of(change.place, report.sources)),
                         engine::xml_attribute(change.name.text()));
    if (!stops(gate, change)) {
      cases += "/>\n";
      continue;
    }
    ++failed;
    cases += fmt::format(">\n    <failure message=\"{}\" type=\"{}\"/>\n  </testcase>\n",
                         engine::xml_attribute(details(change)), word(change));
  }
  for (const std::string& line : on_machines) {
    cases += fmt::format(
        "  <testcase classname=\"fleet\" name=\"{0}\">\n    <failure message=\"{0}\" "
        "type=\"fleet\"/>\n  </testcase>\n",
        engine::xml_attribute(line));
  }
  return fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuite name=\"{}\" tests=\"{}\" "
      "failures=\"{}\">\n{}</testsuite>\n",
      engine::xml_attribute(fmt::format("{} to {}", report.was, report.is)),
      report.rules.size() + on_machines.size(), failed, cases);
}

}  // namespace gopol::cli
