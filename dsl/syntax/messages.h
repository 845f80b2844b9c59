#pragma once

#include "dsl/syntax/explain.h"
#include "dsl/syntax/grammar.h"

// clang-format off
namespace gopol::dsl::detail {

/// Only for its message: what the depth limit reports.
struct too_deep : tao::pegtl::failure {};

/// One message a rule under must<>; the compiler misses none.
template <class Rule> inline constexpr Expected expected{};

template <> inline constexpr Expected expected<too_deep>                   {"nesting over 200 levels", "split this up", Need::depth};
template <> inline constexpr Expected expected<grammar::name>              {"expected a name"};
template <> inline constexpr Expected expected<grammar::qname>             {"expected a name"};
template <> inline constexpr Expected expected<grammar::rule_name>         {"expected a name for the rule", "a rule's name is a word that is not reserved"};
template <> inline constexpr Expected expected<grammar::profile_name>      {"expected a name for the profile", "a profile's name is a word that is not reserved"};
template <> inline constexpr Expected expected<grammar::assert_name>       {"expected a name for the assertion"};
template <> inline constexpr Expected expected<grammar::variable>          {"expected a name for the variable", "a variable's name is a word that is not reserved"};
template <> inline constexpr Expected expected<grammar::alias>             {"expected a name after `as`"};
template <> inline constexpr Expected expected<grammar::text>              {"expected a text in double quotes"};
template <> inline constexpr Expected expected<grammar::day>               {"expected a date after `until`", "write it as `until 2026-12-31`"};
template <> inline constexpr Expected expected<grammar::count>             {"expected a number after `in`"};
template <> inline constexpr Expected expected<grammar::language>          {"expected a language version", "begin the file with `gopol 1.0`"};
template <> inline constexpr Expected expected<grammar::epoch_number>      {"expected a number after `epoch`", "write it as `gopol 1.0 epoch 2`"};
template <> inline constexpr Expected expected<grammar::assign>            {"expected `=`", "", Need::assign};
template <> inline constexpr Expected expected<grammar::colon>             {"expected `:` and a type", "", Need::colon};
template <> inline constexpr Expected expected<grammar::assert_op>         {"expected an operator after the attribute's name", "one of `=` `>=` `<=` `<` `>` `in` `includes` `excludes` `matches`", Need::assert_op};
template <> inline constexpr Expected expected<grammar::plain_attribute>   {"expected an attribute after `default`"};
template <> inline constexpr Expected expected<grammar::expression>        {"expected a value or a condition"};
template <> inline constexpr Expected expected<grammar::conjunction>       {"expected a condition after `or`"};
template <> inline constexpr Expected expected<grammar::unary>             {"expected a condition"};
template <> inline constexpr Expected expected<grammar::primary>           {"expected a value"};
template <> inline constexpr Expected expected<grammar::operand>           {"expected a value after the operator"};
template <> inline constexpr Expected expected<grammar::value>             {"expected a value after the operator"};
template <> inline constexpr Expected expected<grammar::state>             {"expected `known`, `unknown`, `present` or `absent` after `is`", "to compare, write `==`"};
template <> inline constexpr Expected expected<grammar::list_elements>     {"expected a value or `]`"};
template <> inline constexpr Expected expected<grammar::call_elements>     {"expected a value or `)`"};
template <> inline constexpr Expected expected<grammar::bracket_end>       {"expected `,` or `]`"};
template <> inline constexpr Expected expected<grammar::paren_end>         {"expected `)`"};
template <> inline constexpr Expected expected<grammar::type>              {"expected a type", "as `version`, `list[path]`"};
template <> inline constexpr Expected expected<grammar::inner_type>        {"expected a type"};
template <> inline constexpr Expected expected<grammar::param>             {"expected a parameter", "write `name: type`"};
template <> inline constexpr Expected expected<grammar::argument>          {"expected an argument", "write `name = value`"};
template <> inline constexpr Expected expected<grammar::extension>         {"expected the name of a profile"};
template <> inline constexpr Expected expected<grammar::open>              {"expected `{`", "", Need::open};
template <> inline constexpr Expected expected<grammar::close>             {"expected `}` or another item", "", Need::close};
template <> inline constexpr Expected expected<grammar::for_body>          {"expected `{`", "", Need::open};
template <> inline constexpr Expected expected<grammar::loop_body>         {"expected `{`", "", Need::open};
template <> inline constexpr Expected expected<grammar::facts>             {"expected `{`", "", Need::open};
template <> inline constexpr Expected expected<grammar::kw_in>             {"expected `in`"};
template <> inline constexpr Expected expected<grammar::unknown_word>      {"expected `unknown` after `on`", "write `on unknown fail`"};
template <> inline constexpr Expected expected<grammar::unknown_policy>    {"expected `skip`, `warn` or `fail`"};
template <> inline constexpr Expected expected<grammar::resource_form>     {"expected `present`, `absent` or `{` after the resource"};
template <> inline constexpr Expected expected<grammar::severity>          {"expected `enforce` or `warn` after `sealed`"};
template <> inline constexpr Expected expected<grammar::until>             {"`waive` needs `until DATE`", "", Need::until};
template <> inline constexpr Expected expected<grammar::given_value>       {"expected a value, `unknown` or `absent`"};
template <> inline constexpr Expected expected<grammar::situation>         {"expected `fixture` or `{` after `given`"};
template <> inline constexpr Expected expected<grammar::expectation>       {"expected a condition, `converges`, `no changes` or `rule` after `expect`"};
template <> inline constexpr Expected expected<grammar::pass_word>         {"expected `pass` or `passes`"};
template <> inline constexpr Expected expected<grammar::changes_word>      {"expected `changes` after `no`"};
template <> inline constexpr Expected expected<grammar::outcome>           {"expected `applies`, `skipped`, `waived` or `unknown`"};
template <> inline constexpr Expected expected<grammar::slot>              {"expected the name of a slot", "as in `cover go.toolchain[\"default\"].version`"};
template <> inline constexpr Expected expected<grammar::label_values>      {"expected a list of values or a type", "as in `team: [core, payments]`"};

// Items are not under must<>: a loop asks for them.
template <> inline constexpr Expected expected<grammar::file_item>         {"expected an item", "a file holds import, labels, let, profile, enforce, warn, override, waive, assert, cover, assume, test"};
template <> inline constexpr Expected expected<grammar::profile_item>      {"expected an item of a profile or `}`", "a profile holds owner, when, because, let, enforce, warn, override, waive, assert, cover"};
template <> inline constexpr Expected expected<grammar::rule_item>         {"expected a clause, a resource or `}`", "a rule holds because, owner, when, after, on unknown, for, and resources"};
template <> inline constexpr Expected expected<grammar::waive_item>        {"expected `when`, `because`, `owner` or `}`"};
template <> inline constexpr Expected expected<grammar::assert_part>       {"expected `when`, `that`, `message`, `because` or `}`"};
template <> inline constexpr Expected expected<grammar::test_item>         {"expected `given`, `expect`, `let` or `}`"};

}  // namespace gopol::dsl::detail
// clang-format on
