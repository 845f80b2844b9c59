#pragma once

#include <string>
#include <string_view>

#include "dsl/syntax/expression.h"
#include "dsl/syntax/view.h"

namespace gopol::dsl {

/// `gopol 1.0`, `gopol 1.0 epoch 3`, `gopol 1.0 name "team/mac-go" epoch 3`
struct Pragma : ViewOf<NodeKind::pragma> {
  using ViewOf::ViewOf;
  Word version() const { return word(token(1)); }
  std::string name() const;  ///< empty without `name`
  Word epoch() const;        ///< empty without `epoch`
};

/// `import "baseline.policy" as acme`
struct Import : ViewOf<NodeKind::import> {
  using ViewOf::ViewOf;
  String path() const { return first<String>(); }
  Word alias() const;  ///< empty without `as`
};

/// `list[path]`
struct TypeName : ViewOf<NodeKind::type> {
  using ViewOf::ViewOf;
  QName name() const { return first<QName>(); }
  TypeName element() const { return first<TypeName>(); }
};

/// `team: [core, payments]`, or `team: type`
struct LabelDeclaration : ViewOf<NodeKind::label> {
  using ViewOf::ViewOf;
  Word name() const { return word(token(0)); }
  ListLiteral values() const { return first<ListLiteral>(); }
  TypeName type() const { return first<TypeName>(); }
};
struct Labels : ViewOf<NodeKind::labels> {
  using ViewOf::ViewOf;
  Range<LabelDeclaration> labels() const { return all<LabelDeclaration>(); }
};

struct Let : ViewOf<NodeKind::let> {
  using ViewOf::ViewOf;
  Word name() const { return word(token(1)); }
  TypeName type() const { return first<TypeName>(); }
  Expression value() const { return first<Expression>(); }
};

/// `tier: string = "laptop"`
struct Param : ViewOf<NodeKind::param> {
  using ViewOf::ViewOf;
  Word name() const { return word(token(0)); }
  TypeName type() const { return first<TypeName>(); }
  Expression preset() const { return first<Expression>(); }
};
/// `tier = "laptop"`
struct Argument : ViewOf<NodeKind::argument> {
  using ViewOf::ViewOf;
  Word name() const { return word(token(0)); }
  Expression value() const { return first<Expression>(); }
};
/// `acme.laptop(tier = "laptop")` after `extends`
struct Extension : ViewOf<NodeKind::extension> {
  using ViewOf::ViewOf;
  QName name() const { return first<QName>(); }
  Range<Argument> arguments() const { return all<Argument>(); }
};

// Clauses.
struct When : ViewOf<NodeKind::when> {
  using ViewOf::ViewOf;
  Expression guard() const { return first<Expression>(); }
};
struct Because : ViewOf<NodeKind::because> {
  using ViewOf::ViewOf;
  String reason() const { return first<String>(); }
};
struct Owner : ViewOf<NodeKind::owner> {
  using ViewOf::ViewOf;
  String name() const { return first<String>(); }
};
struct After : ViewOf<NodeKind::after> {
  using ViewOf::ViewOf;
  Range<QName> rules() const { return all<QName>(); }
};
enum class UnknownPolicy { skip, warn, fail };
struct OnUnknown : ViewOf<NodeKind::on_unknown> {
  using ViewOf::ViewOf;
  UnknownPolicy policy() const;
};
struct That : ViewOf<NodeKind::that> {
  using ViewOf::ViewOf;
  Expression condition() const { return first<Expression>(); }
};
struct Message : ViewOf<NodeKind::message> {
  using ViewOf::ViewOf;
  String literal() const { return first<String>(); }
};

// Resources.
enum class AssertOp {
  equal,
  greater_equal,
  less_equal,
  less,
  greater,
  in,
  includes,
  excludes,
  matches
};
struct Attribute : ViewOf<NodeKind::attribute> {
  using ViewOf::ViewOf;
  bool is_default() const;
  Word name() const { return word(token(is_default() ? 1 : 0)); }
  Word sign() const { return word(token(is_default() ? 2 : 1)); }
  AssertOp op() const;
  Expression value() const { return first<Expression>(); }  ///< perhaps a RangeExpression
};
struct Unset : ViewOf<NodeKind::unset> {
  using ViewOf::ViewOf;
  Word name() const { return word(token(1)); }
};
/// Between the braces of a resource: Attribute, Unset, Because, For.
struct Body : ViewOf<NodeKind::body> {
  using ViewOf::ViewOf;
  Range<View> items() const { return children(); }
};
enum class ResourceForm { present, absent, body };
struct Resource : ViewOf<NodeKind::resource> {
  using ViewOf::ViewOf;
  QName family() const { return first<QName>(); }
  Expression key() const {
    return first<Expression>();
  }  ///< String, ListLiteral, single Ref, or nothing
  ResourceForm form() const;
  Body body() const { return first<Body>(); }
  Range<View> items() const { return body().children(); }  ///< none without a body
};
/// `for app in [a, b] { … }` around resources, or inside a body around its items.
struct For : ViewOf<NodeKind::for_each> {
  using ViewOf::ViewOf;
  Word variable() const { return word(token(1)); }
  Expression over() const { return first<Expression>(); }
  Body body() const { return first<Body>(); }
  Range<View> items() const { return body().children(); }  ///< Resource and For, or as in Body
};

// Rules and what holds them.
enum class RuleSeverity { enforce, warn };
struct Rule : ViewOf<NodeKind::rule> {
  using ViewOf::ViewOf;
  bool sealed() const { return token_kind(token(0)) == TokenKind::kw_sealed; }
  RuleSeverity severity() const;
  Word name() const { return word(token(sealed() ? 2 : 1)); }
  Range<View> clauses() const {
    return children();
  }  ///< When, Because, Owner, After, OnUnknown, For, Resource
};
struct Override : ViewOf<NodeKind::override_rule> {
  using ViewOf::ViewOf;
  QName target() const { return first<QName>(); }
  Range<View> clauses() const { return children(); }  ///< the QName first, then as in Rule
};
struct Waive : ViewOf<NodeKind::waive> {
  using ViewOf::ViewOf;
  QName target() const { return first<QName>(); }
  Literal until() const { return first<Literal>(); }
};
struct Assert : ViewOf<NodeKind::assert_item> {
  using ViewOf::ViewOf;
  Word name() const { return word(token(1)); }
};
struct Cover : ViewOf<NodeKind::cover> {
  using ViewOf::ViewOf;
  Ref slot() const { return first<Ref>(); }
  When when() const { return first<When>(); }
};
struct Assume : ViewOf<NodeKind::assume> {
  using ViewOf::ViewOf;
  Expression condition() const { return first<Expression>(); }
  Because because() const { return first<Because>(); }
};
struct Profile : ViewOf<NodeKind::profile> {
  using ViewOf::ViewOf;
  Word name() const { return word(token(1)); }
  Range<Param> params() const { return all<Param>(); }
  Range<Extension> extends() const { return all<Extension>(); }
  Range<View> items() const { return children(); }  ///< params and extensions too; choose with `as`
};

// Tests.
enum class GivenState { value, unknown, absent };
struct GivenFact : ViewOf<NodeKind::given_fact> {
  using ViewOf::ViewOf;
  Ref slot() const { return first<Ref>(); }
  GivenState state() const;
  Expression value() const;  ///< nothing for `unknown` and `absent`
};
struct Given : ViewOf<NodeKind::given> {
  using ViewOf::ViewOf;
  String fixture() const { return first<String>(); }  ///< nothing without `fixture`
  Range<GivenFact> facts() const { return all<GivenFact>(); }
};
enum class ExpectForm { converges, no_changes, rule, condition };
enum class RuleOutcome { applies, skipped, waived, unknown };
struct Expect : ViewOf<NodeKind::expect> {
  using ViewOf::ViewOf;
  ExpectForm form() const;
  Literal passes() const { return first<Literal>(); }  ///< of `converges`; nothing without `in N`
  QName rule() const { return first<QName>(); }        ///< of `rule`
  RuleOutcome outcome() const;                         ///< of `rule`
  Expression condition() const { return first<Expression>(); }
};
struct Test : ViewOf<NodeKind::test> {
  using ViewOf::ViewOf;
  String title() const { return first<String>(); }
  Range<View> items() const { return children(); }  ///< the title, then Given, Expect, Let
};

/// The whole text: Pragma, then items.
struct File : ViewOf<NodeKind::file> {
  using ViewOf::ViewOf;
  explicit File(const Tree& tree) : ViewOf(tree, 0) {}
  Pragma pragma() const { return first<Pragma>(); }
  Range<View> items() const { return children(); }
};

}  // namespace gopol::dsl
