#include "engine/plan/order.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <map>
#include <queue>
#include <string>
#include <string_view>

namespace gopol::engine {
namespace {

/// Rules and families are points with a begin and an end between which their changes lie, so that
/// "B after A" is one edge however many changes A and B have.
class Graph {
 public:
  Graph(const std::vector<Ruled>& changes, const dsl::Policy& policy, const dsl::Schemas& schemas,
        const std::vector<bool>& applies)
      : policy_(policy), schemas_(schemas), applies_(applies) {
    for (std::uint32_t i = 0; i < changes.size(); ++i) node(i);
    add_rules();
    add_families();
    for (std::uint32_t i = 0; i < changes.size(); ++i) {
      between(rule_point(changes[i].rule), i);
      between(family_point(changes[i].change->family), i);
    }
  }

  std::vector<Stage> sorted() const {
    std::vector<std::uint32_t> waiting(nodes_.size(), 0);
    for (const Node& node : nodes_) {
      for (const std::uint32_t next : node.next) ++waiting[next];
    }
    std::priority_queue<std::uint32_t, std::vector<std::uint32_t>, std::greater<>> ready;
    for (std::uint32_t i = 0; i < nodes_.size(); ++i) {
      if (waiting[i] == 0) ready.push(i);
    }
    std::vector<Stage> steps;
    std::vector<std::vector<std::uint32_t>> before(nodes_.size());
    while (!ready.empty()) {
      const std::uint32_t at = ready.top();
      ready.pop();
      const auto place = static_cast<std::uint32_t>(steps.size());
      steps.push_back({nodes_[at].change, std::move(before[at])});
      for (const std::uint32_t next : nodes_[at].next) {
        before[next].push_back(place);
        if (--waiting[next] == 0) ready.push(next);
      }
    }
    return steps;
  }

  std::size_t size() const { return nodes_.size(); }

 private:
  struct Node {
    std::optional<std::uint32_t> change;
    std::vector<std::uint32_t> next;
  };
  struct Point {
    std::uint32_t begin, end;
  };

  std::uint32_t node(std::optional<std::uint32_t> change = {}) {
    nodes_.push_back({change, {}});
    return static_cast<std::uint32_t>(nodes_.size() - 1);
  }

  Point point() {
    const Point out{node(), node()};
    edge(out.begin, out.end);
    return out;
  }

  void edge(std::uint32_t from, std::uint32_t to) { nodes_[from].next.push_back(to); }

  void between(Point point, std::uint32_t change) {
    edge(point.begin, change);
    edge(change, point.end);
  }

  Point rule_point(std::uint32_t rule) {
    const auto at = rules_.find(rule);
    return at != rules_.end() ? at->second : rules_.emplace(rule, point()).first->second;
  }

  Point family_point(const std::string& family) {
    const auto at = families_.find(family);
    return at != families_.end() ? at->second : families_.emplace(family, point()).first->second;
  }

  void add_rules() {
    for (std::uint32_t i = 0; i < policy_.rules.size(); ++i) {
      if (!applies_[i]) continue;
      for (const std::uint32_t earlier : policy_.rules[i].after) {
        if (applies_[earlier]) edge(rule_point(earlier).end, rule_point(i).begin);
      }
    }
  }

  void add_families() {
    for (const dsl::Schema& schema : schemas_.families) {
      for (const std::string& earlier : schema.after) {
        edge(family_point(earlier).end, family_point(schema.family).begin);
      }
    }
  }

  const dsl::Policy& policy_;
  const dsl::Schemas& schemas_;
  const std::vector<bool>& applies_;
  std::vector<Node> nodes_;
  std::map<std::uint32_t, Point> rules_;
  std::map<std::string, Point> families_;
};

/// A cycle among the rules themselves, if there is one: the names along it.
std::vector<std::uint32_t> rule_cycle(const dsl::Policy& policy, const std::vector<bool>& applies) {
  enum class Mark : std::uint8_t { fresh, open, done };
  std::vector<Mark> marks(policy.rules.size(), Mark::fresh);
  struct Frame {
    std::uint32_t rule;
    std::size_t next;
  };
  for (std::uint32_t start = 0; start < policy.rules.size(); ++start) {
    if (!applies[start] || marks[start] != Mark::fresh) continue;
    std::vector<Frame> path{{start, 0}};
    marks[start] = Mark::open;
    while (!path.empty()) {
      Frame& top = path.back();
      const auto& after = policy.rules[top.rule].after;
      if (top.next == after.size()) {
        marks[top.rule] = Mark::done;
        path.pop_back();
        continue;
      }
      const std::uint32_t next = after[top.next++];
      if (!applies[next]) continue;
      if (marks[next] == Mark::open) {
        std::vector<std::uint32_t> cycle;
        const auto from = std::find_if(path.begin(), path.end(),
                                       [&](const Frame& frame) { return frame.rule == next; });
        for (auto at = from; at != path.end(); ++at) cycle.push_back(at->rule);
        return cycle;
      }
      if (marks[next] == Mark::fresh) {
        marks[next] = Mark::open;
        path.push_back({next, 0});
      }
    }
  }
  return {};
}

dsl::Diagnostic cycle_error(const std::vector<Ruled>& changes, const dsl::Policy& policy,
                            const std::vector<std::uint32_t>& cycle) {
  if (cycle.empty()) {
    // Rules are in order among themselves, but one goes against the order that kinds have by
    // nature.
    auto out = dsl::problem("P3010", policy.rules[changes.front().rule].span,
                            "`after` goes against the order of the kinds of resources");
    out.help = "a rule that writes `go.toolchain` cannot come after one that writes `go.env`";
    return out;
  }
  std::string names;
  for (const std::uint32_t rule : cycle) names += policy.rules[rule].name + " -> ";
  names += policy.rules[cycle.front()].name;
  auto out = dsl::problem("P3010", policy.rules[cycle.front()].span,
                          fmt::format("rules wait for each other: {}", names), "waits here");
  for (std::size_t i = 1; i < cycle.size(); ++i) {
    out.related.push_back({policy.rules[cycle[i]].span, "and here"});
  }
  out.help = "remove one `after`";
  return out;
}

}  // namespace

Result<Order> order(const std::vector<Ruled>& changes, const dsl::Policy& policy,
                    const dsl::Schemas& schemas, const std::vector<bool>& applies) {
  const Graph graph(changes, policy, schemas, applies);
  Order out;
  out.stages = graph.sorted();
  if (out.stages.size() == graph.size()) return out;
  out.rules = rule_cycle(policy, applies);
  if (out.rules.empty() && changes.empty()) {
    return dsl::problem("P3010", "two kinds of resources each say that they come after the other",
                        "look at the `after` of the plugins");
  }
  out.circle.push_back(cycle_error(changes, policy, out.rules));
  std::vector<bool> placed(changes.size());
  for (const Stage& stage : out.stages) {
    if (stage.change) placed[*stage.change] = true;
  }
  for (std::uint32_t i = 0; i < changes.size(); ++i) {
    if (!placed[i]) out.left_out.push_back(i);
  }
  return out;
}

}  // namespace gopol::engine
