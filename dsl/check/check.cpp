#include "dsl/check.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <unordered_map>
#include <utility>

#include "dsl/check/constant.h"
#include "dsl/check/guard.h"
#include "dsl/check/loop.h"
#include "dsl/check/reference.h"
#include "dsl/check/resource.h"
#include "dsl/near_miss.h"

namespace gopol::dsl {
namespace checking {
namespace {

/// An `after` clause, resolved when all rules are known.
struct Waiting {
  std::uint32_t rule;
  std::string profile;
  QName name;
};

constexpr std::size_t most_suggestions = 20;  // near misses that are looked for in one check

class Files {
 public:
  explicit Files(Context& context) : context_(context) {}

  void read(const Tree& tree) {
    const File file(tree);
    Scope scope;
    read_lets(file.items(), scope);
    for (const View item : file.items()) {
      if (const auto rule = item.as<Rule>()) read_rule(rule, "", Guard{}, "", scope);
      if (const auto profile = item.as<Profile>()) read_profile(profile, scope);
      refuse_later(item);
    }
  }

  /// Labels first: any text may use those of another.
  void read_labels(const Tree& tree) {
    for (const View item : File(tree).items()) {
      const auto labels = item.as<Labels>();
      if (!labels) continue;
      for (const LabelDeclaration label : labels.labels()) read_label(label);
    }
  }

  void finish() {
    for (const Waiting& one : waiting_) resolve_after(one);
    find_unstable_guards();
  }

 private:
  void read_label(LabelDeclaration label) {
    Type type;
    if (const ListLiteral values = label.values()) {
      type.kind = TypeKind::word;
      for (const Expression value : values.elements()) {
        const String text = value.as<String>();
        type.words.push_back(text ? text.decoded() : std::string(value.text()));
      }
    } else if (label.type() && label.type().name().name() != "string") {
      context_.error("P2004", label.type().span(), "a label is a string or one of a list of words",
                     "");
      return;
    }
    context_.policy.labels.emplace_back(label.name().text, type.words);
    if (!context_.labels.emplace(label.name().text, std::move(type)).second) {
      context_.error("P2009", label.name().span,
                     fmt::format("label `{}` is declared twice", label.name().text),
                     "declared again");
    }
  }

  template <class Items>
  void read_lets(const Items& items, Scope& scope) {
    for (const View item : items) {
      const auto let = item.template as<Let>();
      if (!let) continue;
      const Word name = let.name();
      if (const Binding* first = scope.find(name.text)) {
        auto out = problem("P2009", name.span, fmt::format("`{}` is named twice", name.text),
                           "named again");
        out.related.push_back({first->span, "named here first"});
        context_.error(std::move(out));
        continue;
      }
      scope.names.emplace(name.text, Binding{let.value(), name.span});
    }
  }

  void read_profile(Profile profile, const Scope& file_scope) {
    const std::string name(profile.name().text);
    if (profile.params().begin() != profile.params().end()) {
      refuse(profile.params().begin().operator*().span(), "profile parameters");
      return;
    }
    if (profile.extends().begin() != profile.extends().end()) {
      refuse((*profile.extends().begin()).span(), "`extends`");
      return;
    }
    if (!add_name(name, profile.name().span)) return;
    Scope scope{&file_scope, {}};
    read_lets(profile.items(), scope);
    Guard when;
    std::string owner;
    for (const View item : profile.items()) {
      if (const auto clause = item.as<When>()) {
        auto read = guard(clause.guard(), scope, context_);
        if (read) when = both(std::move(when), std::move(*read));
      }
      if (const auto clause = item.as<Owner>()) owner = clause.name().decoded();
    }
    for (const View item : profile.items()) {
      if (const auto rule = item.as<Rule>()) read_rule(rule, name, when, owner, scope);
      refuse_later(item);
    }
  }

  bool add_name(const std::string& name, SourceSpan span) {
    const auto [at, is_new] = names_.emplace(name, span);
    if (is_new) return true;
    auto out = problem("P2009", span, fmt::format("`{}` is named twice", name), "named again");
    out.related.push_back({at->second, "named here first"});
    context_.error(std::move(out));
    return false;
  }

  void read_rule(Rule view, const std::string& profile, Guard when, const std::string& owner,
                 const Scope& scope) {
    Policy::Rule rule;
    rule.name = profile.empty() ? std::string(view.name().text)
                                : fmt::format("{}.{}", profile, view.name().text);
    rule.span = view.name().span;
    rule.effect = view.severity() == RuleSeverity::enforce ? Effect::enforce : Effect::warn;
    rule.guard = std::move(when);
    rule.owner = owner;
    if (!add_name(rule.name, rule.span)) return;
    read_clauses(view.clauses(), profile, scope, rule);
    rule_index_.emplace(rule.name, static_cast<std::uint32_t>(context_.policy.rules.size()));
    context_.policy.rules.push_back(std::move(rule));
  }

  template <class Clauses>
  void read_clauses(const Clauses& clauses, const std::string& profile, const Scope& scope,
                    Policy::Rule& rule) {
    for (const View clause : clauses) {
      if (const auto when = clause.template as<When>()) {
        auto read = guard(when.guard(), scope, context_);
        if (read) rule.guard = both(std::move(rule.guard), std::move(*read));
      } else if (const auto because = clause.template as<Because>()) {
        rule.because = because.reason().decoded();
      } else if (const auto owner = clause.template as<Owner>()) {
        rule.owner = owner.name().decoded();
      } else if (const auto after = clause.template as<After>()) {
        const auto next = static_cast<std::uint32_t>(context_.policy.rules.size());
        for (const QName name : after.rules()) waiting_.push_back({next, profile, name});
      } else if (const auto unknown = clause.template as<OnUnknown>()) {
        rule.on_unknown = action_of(unknown.policy());
      } else if (const auto resource = clause.template as<Resource>()) {
        add_resource(resource, scope, context_, rule);
      } else if (const auto loop = clause.template as<For>()) {
        for_each_element(loop, scope, context_, [&](const Scope& inner) {
          read_clauses(loop.items(), profile, inner, rule);
        });
      }
    }
  }

  static UnknownAction action_of(UnknownPolicy policy) {
    switch (policy) {
      case UnknownPolicy::skip: return UnknownAction::skip;
      case UnknownPolicy::warn: return UnknownAction::warn;
      case UnknownPolicy::fail: return UnknownAction::fail;
    }
    return UnknownAction::skip;
  }

  void resolve_after(const Waiting& one) {
    if (one.rule >= context_.policy.rules.size()) return;
    const std::string written = one.name.name();
    for (const std::string& name :
         {one.profile.empty() ? written : one.profile + "." + written, written}) {
      const auto at = rule_index_.find(name);
      if (at == rule_index_.end()) continue;
      context_.policy.rules[one.rule].after.push_back(at->second);
      return;
    }
    auto out =
        problem("P2009", one.name.span(), fmt::format("no rule `{}`", written), "unknown rule");
    if (++unknown_names_ <= most_suggestions) suggest_rule(one, written, out);
    context_.error(std::move(out));
  }

  void suggest_rule(const Waiting& one, const std::string& written, Diagnostic& out) const {
    std::vector<std::string> all;
    for (const auto& [name, index] : rule_index_) {
      const bool own = !one.profile.empty() && name.starts_with(one.profile + ".");
      all.push_back(own ? name.substr(one.profile.size() + 1) : name);
    }
    std::sort(all.begin(), all.end());
    if (const auto near = near_miss(written, all)) {
      out = with_fix(std::move(out), fmt::format("did you mean `{}`?", *near), one.name.span(),
                     *near);
    }
  }

  /// The slots that a write of `assertion` may change: itself and what its schema says it affects.
  std::vector<std::string> affected(const Assertion& assertion) const {
    std::vector<std::string> out{to_text(assertion.slot)};
    const Schema* family = context_.schemas.find(assertion.slot.family);
    const AttributeSchema* shape =
        family != nullptr ? find_attribute(*family, assertion.slot.attribute) : nullptr;
    if (shape == nullptr) return out;
    for (const std::string& other : shape->affects) {
      Slot slot = assertion.slot;
      slot.attribute = other;
      out.push_back(to_text(slot));
    }
    return out;
  }

  /// P3011: a guard may read a state fact only if no rule of the policy writes that slot.
  void find_unstable_guards() {
    std::unordered_map<std::string, const Assertion*> written;
    for (const Policy::Rule& rule : context_.policy.rules) {
      if (rule.effect != Effect::enforce) continue;
      for (const Assertion& assertion : rule.assertions) {
        for (std::string& slot : affected(assertion)) written.emplace(std::move(slot), &assertion);
      }
    }
    for (const auto& [fact, place] : context_.fact_places) {
      const std::string name = to_text(context_.policy.facts[fact]);
      const auto at = written.find(name);
      if (at == written.end()) continue;
      auto out =
          problem("P3011", place, fmt::format("this guard reads `{}`, which a rule writes", name),
                  "would change during a run",
                  "guard on a fact that no rule writes, so that one run is enough");
      out.related.push_back({at->second->span, "written here"});
      context_.error(std::move(out));
    }
  }

  void refuse(SourceSpan span, std::string_view what) {
    context_.error("P2014", span, fmt::format("{} cannot be used yet", what), "not in this version",
                   "this version reads and formats it, but does not give it a meaning");
  }

  void refuse_later(View item) {
    switch (item.kind()) {
      case NodeKind::import: return refuse(item.span(), "`import`");
      case NodeKind::override_rule: return refuse(head(item), "`override`");
      case NodeKind::waive: return refuse(head(item), "`waive`");
      case NodeKind::assert_item: return refuse(head(item), "`assert`");
      case NodeKind::assume: return refuse(head(item), "`assume`");
      case NodeKind::cover: return refuse(head(item), "`cover`");
      case NodeKind::test: return refuse(head(item), "`test`");
      default: return;
    }
  }

  /// The keyword of an item.
  static SourceSpan head(View item) { return item.tree().token_span(item.node().first); }

  Context& context_;
  std::unordered_map<std::string, SourceSpan> names_;
  std::unordered_map<std::string, std::uint32_t> rule_index_;
  std::vector<Waiting> waiting_;
  std::size_t unknown_names_ = 0;
};

}  // namespace
}  // namespace checking

Result<Policy> check(std::span<const Tree> files, const Schemas& schemas, Diagnostics& warnings) {
  Policy policy;
  Diagnostics errors;
  checking::Context context{schemas, policy, errors, warnings, {}, {}, {}, 0};
  checking::Files reader(context);
  for (const Tree& tree : files) reader.read_labels(tree);
  for (const Tree& tree : files) reader.read(tree);
  reader.finish();
  if (errors.empty()) return policy;
  sort(errors);
  return errors;
}

}  // namespace gopol::dsl
