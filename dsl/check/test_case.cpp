#include "dsl/check/test_case.h"

#include <fmt/format.h>

#include <utility>

#include "dsl/check/constant.h"
#include "dsl/check/guard.h"
#include "dsl/check/profile.h"
#include "dsl/check/reference.h"

namespace gopol::dsl::checking {
namespace {

using Outcome = TestCase::Expect::Outcome;

Outcome outcome_of(RuleOutcome written) {
  switch (written) {
    case RuleOutcome::applies: return Outcome::applies;
    case RuleOutcome::skipped: return Outcome::skipped;
    case RuleOutcome::waived: return Outcome::waived;
    case RuleOutcome::unknown: return Outcome::unknown;
  }
  return Outcome::applies;
}

class TestReader {
 public:
  TestReader(const Scope& scope, Names& names, Context& context, TestCase& into)
      : scope_(scope), names_(names), context_(context), into_(into) {}

  void read(Given given) {
    if (const String fixture = given.fixture()) {
      if (!into_.fixture.empty()) {
        context_.error("P2009", fixture.span(), "a test has one fixture", "a second one");
      }
      into_.fixture = fixture.decoded();
      into_.fixture_span = fixture.span();
    }
    for (const GivenFact fact : given.facts()) read(fact);
  }

  void read(Expect view) {
    TestCase::Expect out;
    out.span = view.span();
    switch (view.form()) {
      case ExpectForm::converges:
        out.form = TestCase::Expect::Form::converges;
        if (!read_passes(view, out)) return;
        break;
      case ExpectForm::no_changes: out.form = TestCase::Expect::Form::no_changes; break;
      case ExpectForm::rule:
        out.form = TestCase::Expect::Form::rule;
        if (const auto rules = names_.rules(view.rule(), ""); !rules.empty())
          out.rule = context_.policy.rules[rules.front()].name;
        out.outcome = outcome_of(view.outcome());
        break;
      case ExpectForm::condition: {
        context_.after_convergence = true;
        auto condition = guard(view.condition(), scope_, context_);
        context_.after_convergence = false;
        if (!condition) return;
        out.condition = std::move(*condition);
        break;
      }
    }
    into_.expects.push_back(std::move(out));
  }

 private:
  void read(GivenFact fact) {
    const auto named = resolve(fact.slot(), context_);
    if (!named) return;
    if (named->element) {
      context_.error("P2004", fact.slot().span(), "a test gives a whole list", "one element of it");
      return;
    }
    switch (fact.state()) {
      case GivenState::unknown:
        into_.given.push_back({named->slot, Unknown{"the test says so", ""}});
        return;
      case GivenState::absent: into_.given.push_back({named->slot, Absent{}}); return;
      case GivenState::value: break;
    }
    const Expression written = fact.value();
    auto value = constant(written, {*named->type, false, false}, scope_, context_);
    if (!value) return;
    if (value->range) {
      context_.error("P2004", written.span(), "a fact has one value", "a range");
      return;
    }
    into_.given.push_back({named->slot, std::move(value->value)});
  }

  bool read_passes(Expect view, TestCase::Expect& out) {
    if (!view.passes()) return true;
    Type number;
    number.kind = TypeKind::integer;
    const auto passes = constant(view.passes(), {number, false, false}, scope_, context_);
    if (!passes) return false;
    out.passes = *passes->value.as<std::int64_t>();
    if (out.passes >= 1) return true;
    context_.error("P2004", view.passes().span(), "nothing converges in no pass",
                   "not a number of passes");
    return false;
  }

  const Scope& scope_;
  Names& names_;
  Context& context_;
  TestCase& into_;
};

}  // namespace

void read_test(dsl::Test view, const Scope& file, Names& names, Context& context) {
  TestCase test;
  test.title = view.title().decoded();
  test.span = view.title().span();
  if (!names.add("test \"" + test.title + "\"", test.span)) return;
  Scope scope;
  scope.outer = &file;
  read_lets(view.items(), scope, context);
  TestReader reader(scope, names, context, test);
  for (const View item : view.items()) {
    if (const auto given = item.as<Given>()) reader.read(given);
    if (const auto expect = item.as<Expect>()) reader.read(expect);
  }
  if (test.expects.empty()) {
    context.error("P2016", test.span, "a test that expects nothing cannot fail", "no `expect`",
                  "write `expect no changes`, or what the machine shall be");
  }
  context.policy.tests.push_back(std::move(test));
}

}  // namespace gopol::dsl::checking
