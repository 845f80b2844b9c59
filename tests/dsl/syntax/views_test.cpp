#include "dsl/syntax/views.h"

#include <string>

#include "dsl/syntax/parse.h"
#include "tests/catch.h"

using namespace gopol::dsl;

TEST_CASE("an epoch stands behind the language's version, and names stay free to be `epoch`") {
  SourceMap sources;
  Diagnostics problems;
  const Tree tree =
      parse(sources.add("v.policy", "gopol 1.0 epoch 7\nlet epoch = 1\n"), sources, problems);
  REQUIRE(problems.empty());
  CHECK(File(tree).pragma().version().text == "1.0");
  CHECK(File(tree).pragma().epoch().text == "7");
}

TEST_CASE("a policy's name stands before the epoch, and names stay free to be `name`") {
  SourceMap sources;
  Diagnostics problems;
  const Tree tree =
      parse(sources.add("v.policy", "gopol 1.0 name \"team/\\u{67}o\" epoch 7\nlet name = 1\n"),
            sources, problems);
  REQUIRE(problems.empty());
  CHECK(File(tree).pragma().name() == "team/go");
  CHECK(File(tree).pragma().epoch().text == "7");
}

TEST_CASE("views name the parts of a policy") {
  SourceMap sources;
  Diagnostics problems;
  const Tree tree = parse(sources.add("v.policy", R"(gopol 1.0
import "a.policy" as acme
let xs: list[path] = [a | b, c]
profile p(tier: string = "x") extends acme.b(n = 1) {
  sealed warn r {
    after clt, p.q
    on unknown fail
    when not a.b["k"].c != 1.2.3 and d is not known or "x" not in e and f in (1) ..< 2
    go.env "k" { default A = 1  B includes ["c"]  default = 3  unset D }
    os.rosetta absent
    for x in xs { file x present }
  }
}
waive p.r until 2026-12-31 { because "a\n${user.home}b" }
test "t" { given { a.b = unknown, c = 1 }  expect rule p.r waived  expect converges in 2 passes  expect no changes  expect a }
)"),
                          sources, problems);
  REQUIRE(problems.empty());
  const File file(tree);
  CHECK(file.pragma().version().text == "1.0");
  CHECK(file.pragma().epoch().text == "");
  CHECK(file.pragma().name().empty());
  CHECK(file.first<Import>().alias().text == "acme");
  CHECK(file.first<Let>().type().element().name().name() == "path");
  CHECK(file.first<Let>().value().as<ListLiteral>().bars() ==
        std::vector<bool>{true, false, false});
  const auto profile = file.first<Profile>();
  CHECK(profile.first<Param>().preset().as<String>().decoded() == "x");
  CHECK(profile.first<Extension>().name().name() == "acme.b");
  const auto rule = profile.first<Rule>();
  CHECK(rule.sealed());
  CHECK(rule.severity() == RuleSeverity::warn);
  CHECK(rule.name().text == "r");
  CHECK(rule.first<After>().rules().size() == 2);
  CHECK(rule.first<OnUnknown>().policy() == UnknownPolicy::fail);

  const auto guard = rule.first<When>().guard().as<Or>();
  REQUIRE(guard.operands().size() == 2);
  const auto left = (*guard.operands().begin()).as<And>();
  const auto compare = left.first<Not>().operand().as<Compare>();
  CHECK(compare.op() == CompareOp::unequal);
  const auto steps = compare.left().as<Ref>().steps();
  REQUIRE(steps.size() == 3);
  CHECK(steps[1].index.as<String>().decoded() == "k");
  CHECK(steps[2].name.text == "c");
  CHECK(left.first<Is>().negated());
  CHECK(left.first<Is>().presence() == Presence::known);
  const auto right = (*++guard.operands().begin()).as<And>();
  CHECK(right.first<In>().negated());
  CHECK((*++right.operands().begin()).as<In>().right().as<RangeExpression>().half_open());

  const auto resource = rule.first<Resource>();
  CHECK(resource.family().name() == "go.env");
  CHECK(resource.key().as<String>().decoded() == "k");
  CHECK(resource.form() == ResourceForm::body);
  std::string seen;
  for (const auto attribute : resource.body().all<Attribute>()) {
    seen += attribute.is_default() ? "default " : "";
    seen += std::string(attribute.name().text) + std::string(attribute.sign().text) + ";";
  }
  CHECK(seen == "default A=;Bincludes;default=;");
  CHECK(resource.body().first<Unset>().name().text == "D");
  CHECK(rule.first<For>().variable().text == "x");
  CHECK(rule.first<For>().body().first<Resource>().form() == ResourceForm::present);

  const auto waive = file.first<Waive>();
  CHECK(waive.until().text() == "2026-12-31");
  const auto parts = waive.first<Because>().reason().parts();
  REQUIRE(parts.size() == 3);
  CHECK(parts[0].text == "a\n");
  CHECK(parts[1].reference);
  CHECK(sources.text(parts[1].span) == "user.home");
  const auto test = file.first<Test>();
  CHECK(test.title().decoded() == "t");
  CHECK(test.first<Given>().first<GivenFact>().state() == GivenState::unknown);
  std::string forms;
  for (const auto expect : test.all<Expect>())
    forms += std::to_string(static_cast<int>(expect.form()));
  CHECK(forms == "2013");
  CHECK(test.first<Expect>().outcome() == RuleOutcome::waived);
}
