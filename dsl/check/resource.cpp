#include "dsl/check/resource.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "dsl/check/assertion.h"
#include "dsl/check/constant.h"
#include "dsl/check/loop.h"
#include "dsl/check/reference.h"
#include "dsl/value/near_miss.h"

namespace gopol::dsl::checking {
namespace {

const Schema* family_of(Resource resource, Context& context) {
  if (const Schema* found = context.schemas.find(resource.family().text())) return found;
  const std::string name = resource.family().name();  // without blanks and comments inside
  if (const Schema* found = context.schemas.find(name)) return found;
  std::vector<std::string> all;
  for (const Schema& schema : context.schemas.families) {
    const bool can_be_asserted = schema.existence || schema.any_attribute ||
                                 std::any_of(schema.attributes.begin(), schema.attributes.end(),
                                             [](const AttributeSchema& a) { return a.assertable; });
    if (can_be_asserted) all.push_back(schema.family);
  }
  auto out = problem("P2002", resource.family().span(), fmt::format("no resource `{}`", name),
                     "unknown name");
  if (const auto near = near_miss(name, all)) {
    out = with_fix(std::move(out), fmt::format("did you mean `{}`?", *near),
                   resource.family().span(), *near);
  } else {
    out.help = fmt::format("there are {}", fmt::join(all, ", "));
  }
  context.error(std::move(out));
  return nullptr;
}

struct Key {
  Name text;
  bool interpolated = false;
};

std::optional<Key> read_key(Expression expression, const Type& type, const Scope& scope,
                            Context& context) {
  auto value = constant(expression, {type, false, true}, scope, context);
  if (!value) return {};
  const auto* path = value->value.as<Path>();
  return Key{path != nullptr ? Name(path->text) : Name(to_text(value->value)), value->interpolated};
}

/// One key, several (a list), or the empty one of a family that has none.
std::optional<std::vector<Key>> keys_of(Resource resource, const Schema& family, const Scope& scope,
                                        Context& context) {
  const Expression key = resource.key();
  if (!family.key) {
    if (!key) return std::vector<Key>{Key{}};
    context.error("P2002", key.span(), fmt::format("`{}` takes no key", family.family),
                  "not needed");
    return {};
  }
  if (!key) {
    context.error("P2002", resource.family().span(), fmt::format("`{}` needs a key", family.family),
                  "which one?", fmt::format("write `{} \"...\"`", family.family));
    return {};
  }
  std::vector<Key> out;
  const Scoped followed = follow(key, scope, context);
  if (followed.expression.kind() != NodeKind::list) {
    auto one = read_key(followed.expression, *family.key, *followed.scope, context);
    if (!one) return {};
    out.push_back(std::move(*one));
    return out;
  }
  const auto elements = elements_of(followed.expression, *followed.scope, context);
  if (!elements) return {};
  for (const Scoped& element : *elements) {
    auto one = read_key(element.expression, *family.key, *element.scope, context);
    if (!one) return {};
    out.push_back(std::move(*one));
  }
  return out;
}

/// Reads the body of one resource for one of its keys.
class Body {
 public:
  Body(const Schema& family, Key key, Context& context, Policy::Rule& rule)
      : family_(family), key_(std::move(key)), context_(context), rule_(rule) {}

  void assert_existence(bool exists, SourceSpan span) {
    const AttributeSchema* shape = find_attribute(family_, "exists");
    if (shape == nullptr || !family_.existence) {
      context_.error("P2002", span,
                     fmt::format("`{}` is neither present nor absent", family_.family),
                     "not for this resource");
      return;
    }
    Allowed allowed;
    allowed.one_of = {Value(exists)};
    add("exists", *shape, {std::move(allowed), false}, false, span);
  }

  /// What the kind of resource means beyond what the body says.
  void add_implied(SourceSpan span) {
    if (rule_.effect != Effect::enforce) return;
    if (added_ == 0) return;
    for (const AttributeSchema& shape : family_.attributes) {
      if (!shape.implied || says(shape.name, added_)) continue;
      if (!shape.implied_for.empty() && shape.implied_for != key_.text) continue;
      Allowed allowed;
      allowed.one_of = {*shape.implied};
      add(shape.name, shape, {std::move(allowed), false}, true, span);
    }
  }

  template <class Items>
  void read(const Items& items, const Scope& scope) {
    for (const View item : items) {
      if (const auto attribute = item.template as<Attribute>()) {
        read_attribute(attribute, scope);
      } else if (const auto unset = item.template as<Unset>()) {
        read_unset(unset);
      } else if (const auto loop = item.template as<For>()) {
        for_each_element(loop, scope, context_,
                         [&](const Scope& inner) { read(loop.items(), inner); });
      }
    }
  }

 private:
  /// Whether one of the last `count` assertions of the rule is of this attribute.
  bool says(std::string_view attribute, std::size_t count) const {
    const auto end = rule_.assertions.end();
    return std::any_of(
        end - static_cast<std::ptrdiff_t>(count), end,
        [&](const Assertion& assertion) { return assertion.slot.attribute == attribute; });
  }

  const AttributeSchema* shape_of(const Word& name) {
    const AttributeSchema* shape = find_attribute(family_, name.text);
    if (shape != nullptr && name.text != "exists") {
      if (shape->assertable) return shape;
      context_.error("P2007", name.span,
                     fmt::format("`{}` is a fact; it cannot be asserted", name.text), "only read",
                     shape->read_only_help);
      return nullptr;
    }
    auto out = problem("P2002", name.span,
                       fmt::format("`{}` has no attribute `{}`", family_.family, name.text),
                       "unknown name");
    const auto all = attribute_names(family_);
    const auto told = std::find_if(family_.not_there.begin(), family_.not_there.end(),
                                   [&](const auto& one) { return one.first == name.text; });
    if (told != family_.not_there.end()) {
      out.help = told->second;
    } else if (const auto near = near_miss(name.text, all)) {
      out = with_fix(std::move(out), fmt::format("did you mean `{}`?", *near), name.span, *near);
    } else if (all.size() <= 12) {
      out.help = fmt::format("it has {}", fmt::join(all, ", "));
    }
    context_.error(std::move(out));
    return nullptr;
  }

  void read_attribute(Attribute attribute, const Scope& scope) {
    const AttributeSchema* shape = shape_of(attribute.name());
    if (shape == nullptr) return;
    context_.trail.clear();
    auto allowed = read_allowed(attribute, *shape, scope, context_);
    if (!allowed) return;
    add(attribute.name().text, *shape, std::move(*allowed), attribute.is_default(),
        attribute.span());
  }

  void read_unset(Unset unset) {
    const AttributeSchema* shape = shape_of(unset.name());
    if (shape == nullptr) return;
    if (!shape->unsettable) {
      context_.error("P2004", unset.span(), fmt::format("`{}` cannot be unset", unset.name().text),
                     "always has a value");
      return;
    }
    Allowed allowed;
    allowed.one_of = {Value(Absent{})};
    add(unset.name().text, *shape, {std::move(allowed), false}, false, unset.span());
  }

  void add(std::string_view name, const AttributeSchema& shape, ReadAllowed read, bool is_default,
           SourceSpan span) {
    if (rule_.effect == Effect::enforce && !shape.writable) {
      context_.error(
          "P2007", span,
          fmt::format("no program can set `{}.{}`; it is only verified", family_.family, name),
          "cannot be enforced", shape.read_only_help.empty() ? "use `warn`" : shape.read_only_help);
      return;
    }
    Assertion out;
    out.slot = {family_.family, key_.text, shape.name == name ? shape.name : Name(name), {}};
    out.allowed = std::move(read.allowed);
    out.shape = &shape;
    out.is_default = is_default;
    out.interpolated = read.interpolated || key_.interpolated;
    out.key_is_path = family_.key && family_.key->kind == TypeKind::path;
    out.span = span;
    out.trail = std::exchange(context_.trail, {});
    rule_.assertions.push_back(std::move(out));
    ++added_;
  }

  const Schema& family_;
  Key key_;
  Context& context_;
  Policy::Rule& rule_;
  std::size_t added_ = 0;  ///< assertions of this resource, the last of the rule's
};

}  // namespace

void add_resource(Resource resource, const Scope& scope, Context& context, Policy::Rule& rule) {
  const Schema* family = family_of(resource, context);
  if (family == nullptr) return;
  const auto keys = keys_of(resource, *family, scope, context);
  if (!keys) return;
  for (const Key& key : *keys) {
    const std::size_t errors_before = context.errors.size();
    Body body(*family, key, context, rule);
    if (resource.form() == ResourceForm::body) {
      body.read(resource.items(), scope);
      body.add_implied(resource.family().span());
    } else {
      body.assert_existence(resource.form() == ResourceForm::present, resource.span());
    }
    if (context.errors.size() != errors_before) return;  // the same errors for every key are one
  }
}

}  // namespace gopol::dsl::checking
