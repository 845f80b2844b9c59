#include "dsl/syntax/views.h"

namespace gopol::dsl {

using K = TokenKind;

std::string Pragma::name() const {
  const auto name = first<String>();
  return name ? name.decoded() : "";
}

Word Pragma::epoch() const {
  const std::uint32_t epoch = own_token(K::kw_epoch);
  return epoch < end() ? word(tree().significant(epoch + 1)) : Word();
}

Word Import::alias() const {
  const std::uint32_t as = own_token(K::kw_as);
  return as < end() ? word(tree().significant(as + 1)) : Word();
}

UnknownPolicy OnUnknown::policy() const {
  switch (token_kind(token(2))) {
    case K::kw_warn: return UnknownPolicy::warn;
    case K::kw_fail: return UnknownPolicy::fail;
    default: return UnknownPolicy::skip;
  }
}

bool Attribute::is_default() const {
  if (token_kind(token(0)) != K::kw_default) return false;
  const K next = token_kind(token(1));
  const bool sign = !is_word(next) || next == K::kw_in || next == K::kw_includes ||
                    next == K::kw_excludes || next == K::kw_matches;
  return !sign;  // else `default` is the attribute's own name
}

AssertOp Attribute::op() const {
  switch (token_kind(token(is_default() ? 2 : 1))) {
    case K::greater_equal: return AssertOp::greater_equal;
    case K::less_equal: return AssertOp::less_equal;
    case K::less: return AssertOp::less;
    case K::greater: return AssertOp::greater;
    case K::kw_in: return AssertOp::in;
    case K::kw_includes: return AssertOp::includes;
    case K::kw_excludes: return AssertOp::excludes;
    case K::kw_matches: return AssertOp::matches;
    default: return AssertOp::equal;
  }
}

ResourceForm Resource::form() const {
  switch (token_kind(end() - 1)) {
    case K::kw_present: return ResourceForm::present;
    case K::kw_absent: return ResourceForm::absent;
    default: return ResourceForm::body;
  }
}

RuleSeverity Rule::severity() const {
  return token_kind(token(sealed() ? 1 : 0)) == K::kw_warn ? RuleSeverity::warn
                                                           : RuleSeverity::enforce;
}

GivenState GivenFact::state() const {
  if (value()) return GivenState::value;
  return token_kind(end() - 1) == K::kw_absent ? GivenState::absent : GivenState::unknown;
}

Expression GivenFact::value() const {
  Expression last;
  std::size_t seen = 0;
  for (const Expression side : all<Expression>()) {
    if (++seen == 2) last = side;
  }
  return last;
}

ExpectForm Expect::form() const {
  const K second = token_kind(token(1));
  if (first<QName>()) return ExpectForm::rule;
  const Expression only = first<Expression>();
  if (only && only.node().first == token(1)) return ExpectForm::condition;
  if (second == K::kw_converges) return ExpectForm::converges;
  if (second == K::kw_no) return ExpectForm::no_changes;
  return ExpectForm::condition;
}

RuleOutcome Expect::outcome() const {
  switch (token_kind(end() - 1)) {
    case K::kw_skipped: return RuleOutcome::skipped;
    case K::kw_waived: return RuleOutcome::waived;
    case K::kw_unknown: return RuleOutcome::unknown;
    default: return RuleOutcome::applies;
  }
}

}  // namespace gopol::dsl
