#include "dsl/check/check.h"

#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <string>
#include <utility>

#include "dsl/check/claim.h"
#include "dsl/check/exception.h"
#include "dsl/check/names.h"
#include "dsl/check/profile.h"
#include "dsl/check/rule.h"
#include "dsl/check/stability.h"
#include "dsl/check/test_case.h"

namespace gopol::dsl {
namespace checking {
namespace {

/// One check, from the declarations to what can only be said when all rules are known.
class Checker {
 public:
  Checker(const Program& program, Context& context)
      : context_(context), names_(context), profiles_(modules_, names_, context) {
    for (const Module& module : program.modules) modules_.emplace_back().module = &module;
  }

  void run() {
    const std::size_t rules = rules_written();
    context_.policy.rules.reserve(rules);
    names_.reserve(rules);
    for (const ModuleNames& module : modules_) read_labels(*module.module->tree);
    for (ModuleNames& module : modules_) declare(module);
    for (std::size_t i = 0; i < modules_.size(); ++i) {
      if (modules_[i].module->root) {
        read_root(i);
      } else {
        read_imported(*modules_[i].module->tree);
      }
    }
    finish_rules();
    for (const Statement& one : profiles_.statements) read_claim(one, names_, context_);
    profiles_.report_unused();
    context_.policy.observed = context_.policy.facts.size();
    read_tests();
    find_unstable_guards(context_);
  }

  /// Reads the profiles that nobody extends with the values that their parameters have by
  /// themselves: what is wrong in a library shall be said when it is checked.
  void rehearse() {
    for (const ModuleNames& module : modules_) read_labels(*module.module->tree);
    for (ModuleNames& module : modules_) declare(module);
    for (std::size_t i = 0; i < modules_.size(); ++i) {
      if (!modules_[i].module->root) continue;
      for (const View item : File(*modules_[i].module->tree).items()) {
        const auto profile = item.as<Profile>();
        if (profile && !profile.params().empty()) profiles_.rehearse(profile, i);
      }
    }
    finish_rules();
    for (const Statement& one : profiles_.statements) read_claim(one, names_, context_);
    profiles_.report_unused();
  }

 private:
  std::size_t rules_written() const {
    std::size_t out = 0;
    for (const ModuleNames& module : modules_) {
      const auto& nodes = module.module->tree->nodes;
      out +=
          static_cast<std::size_t>(std::count_if(nodes.begin(), nodes.end(), [](const Node& node) {
            return node.kind == NodeKind::rule;
          }));
    }
    return out;
  }

  void read_labels(const Tree& tree) {
    for (const View item : File(tree).items()) {
      const auto labels = item.as<Labels>();
      if (!labels) continue;
      for (const LabelDeclaration label : labels.labels()) read_label(label);
    }
  }

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
    const auto [at, is_new] = context_.labels.emplace(label.name().text, type);
    if (is_new) {
      context_.policy.labels.emplace_back(label.name().text, std::move(type.words));
    } else if (at->second != type) {
      context_.error("P2009", label.name().span,
                     fmt::format("label `{}` is declared twice", label.name().text),
                     "declared again");
    }
  }

  void declare(ModuleNames& module) {
    const File file(*module.module->tree);
    read_lets(file.items(), module.scope, context_);
    for (const View item : file.items()) {
      const auto profile = item.as<Profile>();
      if (!profile) continue;
      const auto [at, is_new] = module.profiles.emplace(profile.name().text, profile);
      if (is_new) continue;
      auto out = problem("P2009", profile.name().span,
                         fmt::format("`{}` is named twice", profile.name().text), "named again");
      out.related.push_back({at->second.name().span, "named here first"});
      context_.error(std::move(out));
    }
  }

  void read_root(std::size_t index) {
    const ModuleNames& module = modules_[index];
    Frame frame;
    frame.scope = &module.scope;
    for (const View item : File(*module.module->tree).items()) {
      switch (item.kind()) {
        case NodeKind::rule:
          read_rule(item.as<Rule>(), frame, names_, profiles_.waiting, context_);
          break;
        case NodeKind::profile: {
          const auto profile = item.as<Profile>();
          const bool declared_once = module.profiles.at(profile.name().text) == profile;
          if (profile.params().empty() && declared_once) profiles_.activate(profile, index);
          break;
        }
        case NodeKind::override_rule:
        case NodeKind::waive:
        case NodeKind::assert_item:
        case NodeKind::cover:
        case NodeKind::assume: profiles_.statements.push_back({item, frame}); break;
        default: break;
      }
    }
  }

  /// An imported text acts through its profiles only.
  void read_imported(const Tree& tree) {
    for (const View item : File(tree).items()) {
      const bool acts = item.kind() == NodeKind::rule || item.kind() == NodeKind::override_rule ||
                        item.kind() == NodeKind::waive;
      if (!acts) continue;
      const SourceSpan head = item.tree().token_span(item.node().first);
      context_.error("P2010", head, "a text with rules outside profiles cannot be imported",
                     "outside of every profile", "move it into a profile");
      return;
    }
  }

  /// Overrides before `after` and waivers: those mean all rules of a name.
  void finish_rules() {
    for (const Statement& one : profiles_.statements) {
      if (const auto view = one.item.as<Override>())
        read_override(view, one.frame, names_, profiles_.waiting, context_);
    }
    for (const Waiting& one : profiles_.waiting) resolve_after(one);
    for (Policy::Rule& rule : context_.policy.rules) {
      if (!rule.replaces) continue;
      for (const std::uint32_t one : context_.policy.rules[*rule.replaces].after)
        rule.after.push_back(one);
    }
    for (const Statement& one : profiles_.statements) {
      if (const auto view = one.item.as<Waive>()) read_waive(view, one.frame, names_, context_);
    }
  }

  void resolve_after(const Waiting& one) {
    if (one.rule >= context_.policy.rules.size()) return;
    auto& after = context_.policy.rules[one.rule].after;
    for (const std::uint32_t rule : names_.rules(one.name, one.profile)) after.push_back(rule);
  }

  void read_tests() {
    for (const ModuleNames& module : modules_) {
      if (!module.module->root) continue;
      for (const View item : File(*module.module->tree).items()) {
        if (const auto test = item.as<Test>()) read_test(test, module.scope, names_, context_);
      }
    }
  }

  Context& context_;
  std::deque<ModuleNames> modules_;
  Names names_;
  Profiles profiles_;
};

}  // namespace
}  // namespace checking

Result<Policy> check(const Program& program, const Schemas& schemas, Diagnostics& warnings) {
  Policy policy;
  Diagnostics errors, found;
  checking::Context context{schemas, policy, errors, found, {}, {}, {}};
  checking::Checker(program, context).run();
  Policy unused;
  checking::Context rehearsal{schemas, unused, errors, found, {}, {}, {}};
  checking::Checker(program, rehearsal).rehearse();
  unite(errors);  // a text that is used twice says everything twice
  unite(found);
  warnings.insert(warnings.end(), found.begin(), found.end());
  if (errors.empty()) return policy;
  return errors;
}

Result<Policy> check(std::span<const Tree> files, const Schemas& schemas, Diagnostics& warnings) {
  Program program;
  for (const Tree& tree : files) program.modules.push_back({&tree, true, {}});
  return check(program, schemas, warnings);
}

}  // namespace gopol::dsl
