#include "dsl/check/claim.h"

#include <fmt/format.h>

#include <utility>

#include "dsl/check/guard.h"
#include "dsl/check/reference.h"

namespace gopol::dsl::checking {
namespace {

Guard conjoined(Guard with, Expression condition, const Frame& frame, Context& context) {
  auto read = guard(condition, *frame.scope, context);
  return read ? both(std::move(with), std::move(*read)) : with;
}

void read_assert(Assert view, const Frame& frame, Names& names, Context& context) {
  Claim claim;
  claim.name = frame.profile.empty() ? std::string(view.name().text)
                                     : fmt::format("{}.{}", frame.profile, view.name().text);
  claim.span = view.name().span;
  claim.when = frame.when;
  if (!names.add(claim.name, claim.span)) return;
  bool says = false;
  for (const View item : view.children()) {
    if (const auto when = item.as<When>())
      claim.when = conjoined(std::move(claim.when), when.guard(), frame, context);
    if (const auto that = item.as<That>()) {
      says = true;
      context.after_convergence = true;
      claim.that = conjoined(std::move(claim.that), that.condition(), frame, context);
      context.after_convergence = false;
    }
    if (const auto message = item.as<Message>()) claim.message = message.literal().decoded();
    if (const auto because = item.as<Because>()) claim.because = because.reason().decoded();
  }
  if (!says) {
    context.error("P2016", claim.span, fmt::format("`assert {}` says nothing", view.name().text),
                  "no `that`", "write `that fact == value`");
  }
  context.policy.claims.push_back(std::move(claim));
}

void read_cover(Cover view, const Frame& frame, Context& context) {
  const auto named = resolve(view.slot(), context);
  if (!named) return;
  Claim claim;
  claim.kind = Claim::Kind::cover;
  claim.slot = named->slot;
  claim.span = view.slot().span();
  claim.when = frame.when;
  if (view.when())
    claim.when = conjoined(std::move(claim.when), view.when().guard(), frame, context);
  context.policy.claims.push_back(std::move(claim));
}

void read_assume(Assume view, const Frame& frame, Context& context) {
  Claim claim;
  claim.kind = Claim::Kind::assumption;
  claim.span = view.condition().span();
  claim.that = conjoined({}, view.condition(), frame, context);
  if (view.because()) claim.because = view.because().reason().decoded();
  context.policy.claims.push_back(std::move(claim));
}

}  // namespace

void read_claim(const Statement& statement, Names& names, Context& context) {
  switch (statement.item.kind()) {
    case NodeKind::assert_item:
      return read_assert(statement.item.as<Assert>(), statement.frame, names, context);
    case NodeKind::cover: return read_cover(statement.item.as<Cover>(), statement.frame, context);
    case NodeKind::assume:
      return read_assume(statement.item.as<Assume>(), statement.frame, context);
    default: return;
  }
}

}  // namespace gopol::dsl::checking
