#include "dsl/check/atom.h"

#include <fmt/format.h>

#include <utility>

#include "dsl/check/constant.h"
#include "dsl/check/fold.h"
#include "dsl/check/reference.h"

namespace gopol::dsl::checking {
namespace {

using AtomTest = Atom::Test;

bool is_collection(TypeKind kind) { return kind == TypeKind::list || kind == TypeKind::set; }

class AtomReader {
 public:
  AtomReader(const Scope& scope, Context& context) : scope_(scope), context_(context) {}

  std::optional<Guard> read(Expression expression) {
    if (const auto known = folded(expression, scope_, context_)) return fixed(*known, expression);
    switch (expression.kind()) {
      case NodeKind::compare: return compare(expression.as<Compare>());
      case NodeKind::is: return is(expression.as<Is>());
      case NodeKind::in: return in(expression.as<In>());
      case NodeKind::matches: return matches(expression.as<Matches>());
      case NodeKind::ref: return flag(expression.as<Ref>());
      default:
        context_.error("P2004", expression.span(), "a condition belongs here", "not a condition",
                       "compare a fact: `os.family == macos`");
        return {};
    }
  }

 private:
  /// A condition that its parameters decide.
  static Guard fixed(bool holds, Expression expression) {
    Guard out;
    out.span = expression.span();
    return holds ? out : negated(std::move(out));
  }

  /// A reference that names a fact, not a variable or a word.
  Ref fact_of(Expression expression) const {
    const Ref reference = expression.as<Ref>();
    // No family is a fact by itself, so a single word is a variable or a word of an enumeration.
    if (!reference || reference.single()) return {};
    return reference;
  }

  std::optional<Named> named(Ref reference) { return resolve(reference, context_); }

  Guard atom(const Named& fact, AtomTest test, SourceSpan span) {
    Guard out;
    out.kind = Guard::Kind::atom;
    out.span = span;
    out.atom.fact = context_.fact(fact.slot);
    out.atom.element = fact.element;
    out.atom.test = test;
    if (!context_.after_convergence) context_.fact_places.try_emplace(out.atom.fact, span);
    return out;
  }

  std::optional<Guard> compare(Compare expression) {
    Expression left = expression.left(), right = expression.right();
    CompareOp op = expression.op();
    const Ref left_fact = fact_of(left), right_fact = fact_of(right);
    if (left_fact && right_fact) {
      context_.error(
          "P2005", expression.span(), fmt::format("`{}` compares two facts", expression.text()),
          "two facts",
          "compare each of them with a constant: every machine must be answered for beforehand");
      return {};
    }
    if (!left_fact && !right_fact) {
      // The side that looks most like a name is reported as an unknown fact.
      const Ref name = left.as<Ref>() ? left.as<Ref>() : right.as<Ref>();
      if (name) {
        named(name);
      } else {
        context_.error("P2005", expression.span(), "no fact is compared here", "two constants");
      }
      return {};
    }
    if (right_fact) {
      std::swap(left, right);
      op = mirrored(op);
    }
    const auto fact = named(left.as<Ref>());
    if (!fact) return {};
    return compared(*fact, op, {right, &scope_}, expression.span());
  }

  static CompareOp mirrored(CompareOp op) {
    switch (op) {
      case CompareOp::less: return CompareOp::greater;
      case CompareOp::less_equal: return CompareOp::greater_equal;
      case CompareOp::greater: return CompareOp::less;
      case CompareOp::greater_equal: return CompareOp::less_equal;
      default: return op;
    }
  }

  std::optional<Guard> compared(const Named& fact, CompareOp op, const Scoped& right,
                                SourceSpan span) {
    const bool equality = op == CompareOp::equal || op == CompareOp::unequal;
    const Type& type = *fact.type;
    if (!equality && !is_ordered(type.kind)) {
      context_.error("P2004", span,
                     fmt::format("`{}` ({}) has no order", to_text(fact.slot), to_text(type)),
                     "cannot be ordered", "compare with `==`, `!=` or `in`");
      return {};
    }
    if (const auto* before = compared_before(type, right)) {
      Guard out = atom(fact, test_of(op), span);
      out.atom.values = *before;
      return op == CompareOp::unequal ? negated(std::move(out)) : out;
    }
    auto value = constant(right.expression, {type, false, false}, *right.scope, context_);
    if (!value) return {};
    if (value->range) {
      if (!equality) {
        context_.error("P2004", right.expression.span(),
                       "`.x` stands only after `==`, `!=` and `in`", "a range");
        return {};
      }
      Guard out = atom(fact, AtomTest::in, span);
      out.atom.range = std::move(value->range);
      return op == CompareOp::unequal ? negated(std::move(out)) : out;
    }
    Guard out = atom(fact, test_of(op), span);
    out.atom.values.push_back(std::move(value->value));
    if (!is_name(right)) context_.compared[right.expression.text()] = {&type, out.atom.values};
    return op == CompareOp::unequal ? negated(std::move(out)) : out;
  }

  /// Whether its text does not say what it is.
  static bool is_name(const Scoped& one) {
    const std::string_view word = bare_word(one.expression);
    return !word.empty() && one.scope->find(word) != nullptr;
  }

  const SharedList<Value>* compared_before(const Type& type, const Scoped& right) const {
    const auto at = context_.compared.find(right.expression.text());
    const bool same = at != context_.compared.end() && at->second.type == &type;
    return same && !is_name(right) ? &at->second.values : nullptr;
  }

  static AtomTest test_of(CompareOp op) {
    switch (op) {
      case CompareOp::less: return AtomTest::less;
      case CompareOp::less_equal: return AtomTest::less_equal;
      case CompareOp::greater: return AtomTest::greater;
      case CompareOp::greater_equal: return AtomTest::greater_equal;
      default: return AtomTest::equal;
    }
  }

  std::optional<Guard> is(Is expression) {
    const Ref reference = expression.left().as<Ref>();
    if (!reference) {
      context_.error("P2004", expression.left().span(), "`is` asks something of a fact",
                     "not a fact");
      return {};
    }
    const auto fact = named(reference);
    if (!fact) return {};
    const Presence presence = expression.presence();
    const bool about_known = presence == Presence::known || presence == Presence::unknown;
    const bool opposite = presence == Presence::unknown || presence == Presence::absent;
    Guard out = atom(*fact, about_known ? AtomTest::known : AtomTest::present, expression.span());
    return opposite != expression.negated() ? negated(std::move(out)) : out;
  }

  std::optional<Guard> in(In expression) {
    const Ref right_fact = fact_of(expression.right());
    auto out = right_fact ? element_of(expression, right_fact) : within(expression);
    if (out && expression.negated()) return negated(std::move(*out));
    return out;
  }

  /// `"delve" in brew.formula`
  std::optional<Guard> element_of(In expression, Ref collection) {
    const auto fact = named(collection);
    if (!fact) return {};
    if (!is_collection(fact->type->kind)) {
      context_.error("P2004", collection.span(),
                     fmt::format("`{}` is not a list", to_text(fact->slot)), "not a list");
      return {};
    }
    const Type element{fact->type->element, {}, fact->type->words, {}};
    auto value = constant(expression.left(), {element, false, false}, scope_, context_);
    if (!value) return {};
    Guard out = atom(*fact, AtomTest::holds, expression.span());
    if (const auto* path = value->value.as<Path>()) value->value = path->text;
    out.atom.values.push_back(std::move(value->value));
    return out;
  }

  /// `os.version in 14 ..< 16`, `cpu.arch in [arm64]`
  std::optional<Guard> within(In expression) {
    const Ref reference = expression.left().as<Ref>();
    if (!reference) {
      context_.error("P2004", expression.left().span(), "a fact belongs on the left of `in`",
                     "not a fact");
      return {};
    }
    const auto fact = named(reference);
    if (!fact) return {};
    const Type& type = *fact->type;
    Guard out = atom(*fact, AtomTest::in, expression.span());
    if (const RangeExpression range = expression.right().as<RangeExpression>()) {
      auto read = ordered_range(range, type);
      if (!read) return {};
      out.atom.range = std::move(read);
      return out;
    }
    const Scoped followed = follow(expression.right(), scope_, context_);
    const Expression right = followed.expression;
    if (right.kind() == NodeKind::version) {
      auto one = constant(right, {type, false, false}, *followed.scope, context_);
      if (!one) return {};
      out.atom.range = std::move(one->range);
      if (!out.atom.range) out.atom.values.push_back(std::move(one->value));
      return out;
    }
    const auto elements = elements_of(right, *followed.scope, context_);
    if (!elements) return {};
    std::vector<Guard> alternatives;
    for (const Scoped& element : *elements) {
      auto one = compared(*fact, CompareOp::equal, element, expression.span());
      if (!one) return {};
      alternatives.push_back(std::move(*one));
    }
    Guard any;
    any.kind = Guard::Kind::any;
    any.span = expression.span();
    any.parts = std::move(alternatives);
    return any;
  }

  std::optional<Range> ordered_range(RangeExpression range, const Type& type) {
    if (!is_ordered(type.kind)) {
      context_.error("P2004", range.span(), fmt::format("a {} has no order", to_text(type)),
                     "a range");
      return {};
    }
    return constant_range(range, {type, false, false}, scope_, context_);
  }

  std::optional<Guard> matches(Matches expression) {
    const Ref reference = expression.left().as<Ref>();
    const String pattern = follow(expression.right(), scope_, context_).expression.as<String>();
    if (!reference || !pattern) {
      context_.error("P2004", expression.span(), "`matches` takes a fact and a pattern in quotes",
                     "");
      return {};
    }
    const auto fact = named(reference);
    if (!fact) return {};
    const TypeKind kind = fact->type->kind;
    if (kind != TypeKind::text && kind != TypeKind::path) {
      context_.error("P2004", expression.span(),
                     fmt::format("`{}` ({}) is no text", to_text(fact->slot), to_text(*fact->type)),
                     "cannot match");
      return {};
    }
    auto text = marked_text(pattern, false, context_);
    if (!text) return {};
    Guard out = atom(*fact, AtomTest::matches, expression.span());
    out.atom.glob = std::move(text->text);
    return out;
  }

  /// A bool fact alone.
  std::optional<Guard> flag(Ref reference) {
    const auto fact = named(reference);
    if (!fact) return {};
    if (fact->type->kind != TypeKind::boolean) {
      context_.error(
          "P2004", reference.span(),
          fmt::format("`{}` ({}) is not true or false", to_text(fact->slot), to_text(*fact->type)),
          "not a condition", "compare it with a constant");
      return {};
    }
    return atom(*fact, AtomTest::holds, reference.span());
  }

  const Scope& scope_;
  Context& context_;
};

}  // namespace

std::optional<Guard> atom(Expression expression, const Scope& scope, Context& context) {
  return AtomReader(scope, context).read(expression);
}

Guard negated(Guard inner) {
  Guard out;
  out.kind = Guard::Kind::negation;
  out.span = inner.span;
  out.parts.push_back(std::move(inner));
  return out;
}

}  // namespace gopol::dsl::checking
