#include "dsl/check/profile.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "dsl/check/constant.h"
#include "dsl/check/declared.h"
#include "dsl/check/guard.h"
#include "dsl/value/near_miss.h"

namespace gopol::dsl::checking {

void read_lets(View::Range<View> items, Scope& scope, Context& context) {
  std::vector<Let> typed;
  for (const View item : items) {
    const auto let = item.as<Let>();
    if (!let) continue;
    const Word name = let.name();
    if (const Binding* first = scope.find(name.text)) {
      auto out =
          problem("P2009", name.span, fmt::format("`{}` is named twice", name.text), "named again");
      out.related.push_back({first->span, "named here first"});
      context.error(std::move(out));
      continue;
    }
    scope.names.emplace(name.text, Binding{let.value(), &scope, name.span});
    if (let.type()) typed.push_back(let);
  }
  for (const Let let : typed) is_of_type(let.type(), let.value(), scope, context);
}

void Profiles::activate(Profile profile, std::size_t module) {
  const std::string name(profile.name().text);
  if (!names_.add(name, profile.name().span)) return;
  Frame frame;
  frame.profile = name;
  Scope& scope = scopes_.emplace_back();
  scope.outer = &modules_[module].scope;
  expand(profile, module, scope, std::move(frame));
}

void Profiles::rehearse(Profile profile, std::size_t module) {
  const auto params = profile.params();
  if (!std::all_of(params.begin(), params.end(),
                   [](Param param) { return static_cast<bool>(param.preset()); }))
    return;
  Frame frame;
  frame.profile = std::string(profile.name().text);
  if (!names_.add(frame.profile, profile.name().span)) return;
  Scope& scope = scopes_.emplace_back();
  scope.outer = &modules_[module].scope;
  for (const Param param : params) bind_preset(param, profile.name().span, scope);
  expand(profile, module, scope, std::move(frame));
}

Guard Profiles::share(Guard guard) {
  if (guard.kind == Guard::Kind::always || guard.kind == Guard::Kind::shared) return guard;
  Guard out;
  out.kind = Guard::Kind::shared;
  out.span = guard.span;
  out.shared = static_cast<std::uint32_t>(context_.policy.guards.size());
  context_.policy.guards.push_back(std::move(guard));
  return out;
}

void Profiles::expand(Profile profile, std::size_t module, Scope& scope, Frame frame) {
  const SourceSpan place = profile.name().span;
  if (std::find(open_.begin(), open_.end(), place) != open_.end()) {
    context_.error(
        "P2010", place,
        fmt::format("profile `{}` extends itself, perhaps through others", profile.name().text),
        "a circle", "move what both need into a third profile");
    return;
  }
  open_.push_back(place);
  read_lets(profile.items(), scope, context_);
  frame.scope = &scope;
  for (const View item : profile.items()) {
    if (const auto clause = item.as<When>()) {
      auto read = guard(clause.guard(), scope, context_);
      if (read) frame.when = both(std::move(frame.when), std::move(*read));
    }
    if (const auto clause = item.as<Owner>()) frame.owner = clause.name().decoded();
    if (const auto clause = item.as<Because>()) frame.because = clause.reason().decoded();
  }
  frame.when = share(std::move(frame.when));
  for (const Extension extension : profile.extends()) extend(extension, module, scope, frame);
  for (const View item : profile.items()) {
    switch (item.kind()) {
      case NodeKind::rule: read_rule(item.as<Rule>(), frame, names_, waiting, context_); break;
      case NodeKind::override_rule:
      case NodeKind::waive:
      case NodeKind::assert_item:
      case NodeKind::cover: statements.push_back({item, frame}); break;
      default: break;
    }
  }
  expanded_.emplace_back(&scope, profile);
  open_.pop_back();
}

void Profiles::extend(Extension extension, std::size_t module, const Scope& scope,
                      const Frame& frame) {
  const Found found = find(extension.name(), module);
  if (!found) return;
  Frame inner = frame;
  inner.chain.push_back({extension.span(), fmt::format("`{}` extends `{}` here", frame.profile,
                                                       extension.name().name())});
  Scope& inner_scope = scopes_.emplace_back();
  inner_scope.outer = &modules_[found.module].scope;
  const std::size_t errors = context_.errors.size();
  bind(extension, found.profile, scope, inner_scope);
  if (context_.errors.size() != errors) return;
  expand(found.profile, found.module, inner_scope, std::move(inner));
}

Profiles::Found Profiles::find(const QName& name, std::size_t module) {
  const auto parts = name.parts();
  std::size_t where = module;
  std::vector<std::string> all;
  const ModuleNames& here = modules_[module];
  if (parts.size() == 2) {
    const auto import = here.module->imports.find(std::string(parts[0].text));
    if (import != here.module->imports.end()) where = import->second;
    for (const auto& [alias, index] : here.module->imports) {
      for (const auto& [profile, view] : modules_[index].profiles) {
        all.push_back(fmt::format("{}.{}", alias, profile));
      }
    }
  }
  const bool known_place = parts.size() == 1 || where != module;
  const auto at = modules_[where].profiles.find(parts.back().text);
  if (parts.size() <= 2 && known_place && at != modules_[where].profiles.end())
    return {at->second, where};
  for (const auto& [profile, view] : here.profiles) all.emplace_back(profile);
  std::sort(all.begin(), all.end());
  auto out =
      problem("P2009", name.span(), fmt::format("no profile `{}`", name.name()), "unknown profile");
  if (const auto near = near_miss(name.name(), all)) {
    out = with_fix(std::move(out), fmt::format("did you mean `{}`?", *near), name.span(), *near);
  } else if (!all.empty()) {
    out.help = fmt::format("there are {}", fmt::join(all, ", "));
  }
  context_.error(std::move(out));
  return {};
}

void Profiles::bind(Extension extension, Profile profile, const Scope& from, Scope& scope) {
  std::vector<std::string_view> given;
  for (const Argument argument : extension.arguments()) {
    const std::string_view name = argument.name().text;
    if (std::find(given.begin(), given.end(), name) != given.end()) {
      context_.error("P2009", argument.name().span, fmt::format("`{}` is given twice", name),
                     "given again");
    }
    given.push_back(name);
    bool known = false;
    for (const Param param : profile.params()) {
      if (param.name().text != name) continue;
      known = true;
      if (!is_of_type(param.type(), argument.value(), from, context_)) continue;
      scope.names[param.name().text] = Binding{argument.value(), &from, argument.name().span, true};
    }
    if (!known) report_unknown_argument(argument, profile);
  }
  for (const Param param : profile.params()) {
    if (std::find(given.begin(), given.end(), param.name().text) == given.end())
      bind_preset(param, extension.span(), scope);
  }
}

void Profiles::bind_preset(Param param, SourceSpan call, Scope& scope) {
  const Word name = param.name();
  if (!param.preset()) {
    auto out = problem("P2011", call, fmt::format("`{}` needs a value", name.text), "not given",
                       fmt::format("write `({} = ...)`", name.text));
    out.related.push_back({name.span, "declared here, without a value of its own"});
    context_.error(std::move(out));
    return;
  }
  if (!is_of_type(param.type(), param.preset(), *scope.outer, context_)) return;
  scope.names[name.text] = Binding{param.preset(), scope.outer, name.span, true};
}

void Profiles::report_unknown_argument(Argument argument, Profile profile) {
  const Word name = argument.name();
  std::vector<std::string> all;
  for (const Param param : profile.params()) all.emplace_back(param.name().text);
  auto out = problem("P2011", name.span,
                     fmt::format("`{}` has no parameter `{}`", profile.name().text, name.text),
                     "used by nothing");
  if (const auto near = near_miss(name.text, all)) {
    out = with_fix(std::move(out), fmt::format("did you mean `{}`?", *near), name.span, *near);
  }
  out.related.push_back({profile.name().span, "declared here"});
  context_.error(std::move(out));
}

void Profiles::report_unused() const {
  for (const auto& [scope, profile] : expanded_) report_unused(*scope, profile);
}

void Profiles::report_unused(const Scope& scope, Profile profile) const {
  for (const Param param : profile.params()) {
    const auto at = scope.names.find(param.name().text);
    if (at == scope.names.end() || at->second.used) continue;
    auto out = problem("P2011", param.name().span,
                       fmt::format("nothing uses the parameter `{}`", param.name().text),
                       "used by nothing");
    out.severity = Severity::warning;
    context_.warnings.push_back(std::move(out));
  }
}

}  // namespace gopol::dsl::checking
