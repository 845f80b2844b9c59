#pragma once

#include <tao/pegtl/ascii.hpp>
#include <tao/pegtl/rules.hpp>

#include "dsl/syntax/tree.h"

// clang-format off
/// LANGUAGE section 3: one byte of the input is the kind of one token. After the token that decides
/// stands must<>; one token of lookahead decides everywhere else.
namespace gopol::dsl::grammar {

using namespace tao::pegtl;
using T = TokenKind;

template <T... Kinds>        struct any_of  : one<static_cast<char>(Kinds)...> {};
template <T First, T Last>   struct between : range<static_cast<char>(First), static_cast<char>(Last)> {};
struct counted {};                                                             // toward the depth limit
template <class... Rules>    struct nested  : seq<Rules...>, counted {};

// words
struct name            : between<T::word, T::kw_message> {};                   // after a dot, before an operator
struct ident           : between<T::word, T::kw_waived> {};                    // not a reserved word
struct dot             : any_of<T::dot> {};
struct comma           : any_of<T::comma> {};
struct assign          : any_of<T::assign> {};
struct colon           : any_of<T::colon> {};
struct text            : any_of<T::string> {};
struct day             : any_of<T::date> {};
struct count           : any_of<T::integer> {};
struct language        : any_of<T::version> {};
struct dotted          : if_must<dot, name> {};
struct qname           : seq<ident, star<dotted>> {};
struct rule_name       : ident {};
struct profile_name    : ident {};
struct assert_name     : ident {};
struct variable        : ident {};
struct alias           : ident {};

// expressions
struct expression;
struct value;
struct primary;
struct bracket_end     : any_of<T::bracket_close> {};
struct paren_end       : any_of<T::paren_close> {};
struct literal         : any_of<T::date, T::version, T::duration, T::integer, T::string, T::raw, T::kw_true, T::kw_false> {};
struct list_more       : seq<any_of<T::comma, T::bar>, not_at<bracket_end>, must<expression>> {};
struct list_elements   : seq<expression, star<list_more>, opt<comma>> {};
struct list            : nested<any_of<T::bracket_open>, sor<bracket_end, seq<must<list_elements>, must<bracket_end>>>> {};
struct group           : nested<any_of<T::paren_open>, must<expression>, must<paren_end>> {};
struct call_more       : seq<comma, not_at<paren_end>, must<expression>> {};
struct call_elements   : seq<expression, star<call_more>, opt<comma>> {};
struct call_arguments  : nested<any_of<T::paren_open>, sor<paren_end, seq<must<call_elements>, must<paren_end>>>> {};
struct index           : nested<any_of<T::bracket_open>, must<expression>, must<bracket_end>> {};
struct later_steps     : seq<index, star<sor<dotted, index>>> {};
struct ref             : seq<ident, star<dotted>, opt<sor<call_arguments, later_steps>>> {};
struct slot            : seq<ident, star<sor<dotted, index>>> {};              // a reference that is no call
struct primary         : sor<literal, ref, list, group> {};
struct operand         : primary {};
struct range_more      : if_must<any_of<T::range_closed, T::range_half_open>, operand> {};
struct range           : seq<primary, opt<range_more>> {};
struct value           : range {};
struct compare_op      : any_of<T::equal, T::unequal, T::less_equal, T::greater_equal, T::less, T::greater> {};
struct compare_more    : if_must<compare_op, operand> {};
struct state           : any_of<T::kw_known, T::kw_unknown, T::kw_present, T::kw_absent> {};
struct is_more         : seq<any_of<T::kw_is>, opt<any_of<T::kw_not>>, must<state>> {};
struct kw_in           : any_of<T::kw_in> {};
struct in_more         : sor<if_must<kw_in, value>, if_must<any_of<T::kw_not>, kw_in, value>> {};
struct matches_more    : if_must<any_of<T::kw_matches>, operand> {};
struct comparison      : seq<primary, opt<sor<compare_more, is_more, in_more, matches_more>>> {};
struct unary;
struct negation        : nested<any_of<T::kw_not>, must<unary>> {};
struct unary           : sor<negation, comparison> {};
struct and_more        : plus<if_must<any_of<T::kw_and>, unary>> {};
struct conjunction     : seq<unary, opt<and_more>> {};
struct or_more         : plus<if_must<any_of<T::kw_or>, conjunction>> {};
struct expression      : seq<conjunction, opt<or_more>> {};

// types, parameters, arguments
struct inner_type;
struct type            : seq<qname, opt<nested<any_of<T::bracket_open>, must<inner_type>, must<bracket_end>>>> {};
struct inner_type      : type {};
struct preset          : if_must<assign, expression> {};
struct param           : seq<ident, must<colon>, must<type>, opt<preset>> {};
struct param_more      : seq<comma, not_at<paren_end>, must<param>> {};
struct params          : seq<any_of<T::paren_open>, must<param>, star<param_more>, opt<comma>, must<paren_end>> {};
struct argument        : seq<ident, must<assign>, must<expression>> {};
struct argument_more   : seq<comma, not_at<paren_end>, must<argument>> {};
struct arguments       : seq<any_of<T::paren_open>, must<argument>, star<argument_more>, opt<comma>, must<paren_end>> {};
struct extension       : seq<qname, opt<arguments>> {};
struct extends         : seq<any_of<T::kw_extends>, must<extension>, star<if_must<comma, extension>>> {};

// clauses; a word that means something here may still name an attribute or begin a resource's name
struct open            : any_of<T::brace_open> {};
struct close           : any_of<T::brace_close> {};
struct assert_op       : any_of<T::assign, T::greater_equal, T::less_equal, T::less, T::greater, T::kw_in, T::kw_includes, T::kw_excludes, T::kw_matches> {};
struct clause_mark     : not_at<any_of<T::dot, T::brace_open>> {};
struct when            : if_must<any_of<T::kw_when>, expression> {};
struct because         : if_must<any_of<T::kw_because>, text> {};
struct owner           : seq<any_of<T::kw_owner>, clause_mark, must<text>> {};
struct after           : seq<any_of<T::kw_after>, must<qname>, star<if_must<comma, qname>>> {};
struct unknown_word    : any_of<T::kw_unknown> {};
struct unknown_policy  : any_of<T::kw_skip, T::kw_warn, T::kw_fail> {};
struct on_unknown      : seq<any_of<T::kw_on>, clause_mark, must<unknown_word>, must<unknown_policy>> {};
struct that            : if_must<any_of<T::kw_that>, expression> {};
struct message         : if_must<any_of<T::kw_message>, text> {};

// resources
struct attribute_name  : name {};
struct not_operator    : not_at<assert_op> {};                                 // else the word is the attribute's name
struct default_mark    : seq<any_of<T::kw_default>, not_operator> {};
struct plain_attribute : seq<attribute_name, must<assert_op>, must<value>> {};
struct attribute       : sor<seq<default_mark, must<plain_attribute>>, plain_attribute> {};
struct unset           : seq<any_of<T::kw_unset>, not_operator, must<name>> {};
struct body_because    : seq<any_of<T::kw_because>, not_operator, must<text>> {};
struct for_items;
struct reserved        : at<between<T::kw_enforce, T::kw_message>> {};
struct reserved_item   : seq<reserved, sor<unset, body_because, for_items, attribute>> {};
struct body_item       : sor<reserved_item, attribute> {};
struct body_items      : star<body_item> {};
struct body            : nested<open, body_items, must<close>> {};
struct for_body        : body {};
struct for_head        : seq<must<variable>, must<kw_in>, must<primary>> {};
struct for_items       : seq<any_of<T::kw_for>, not_operator, for_head, must<for_body>> {};
struct key_text        : any_of<T::string> {};
struct key_word        : ident {};
struct resource_form   : sor<any_of<T::kw_present, T::kw_absent>, body> {};
struct resource        : seq<qname, opt<sor<key_text, list, key_word>>, must<resource_form>> {};
struct for_resources;
struct loop_items      : star<sor<for_resources, resource>> {};
struct loop_body       : nested<open, loop_items, must<close>> {};
struct for_resources   : seq<any_of<T::kw_for>, for_head, must<loop_body>> {};

// rules and what holds them
struct reserved_clause : seq<reserved, sor<because, when, after, for_resources>> {};
struct rule_item       : sor<reserved_clause, owner, on_unknown, resource> {};
struct rule_items      : star<rule_item> {};
struct rule_block      : nested<must<open>, rule_items, must<close>> {};
struct severity        : any_of<T::kw_enforce, T::kw_warn> {};
struct sealed          : any_of<T::kw_sealed> {};
struct rule            : seq<sor<severity, if_must<sealed, severity>>, must<rule_name>, rule_block> {};
struct override_rule   : seq<any_of<T::kw_override>, must<qname>, rule_block> {};
struct until           : any_of<T::kw_until> {};
struct waive_item      : sor<when, because, owner> {};
struct waive_items     : star<waive_item> {};
struct waive_block     : nested<must<open>, waive_items, must<close>> {};
struct waive           : seq<any_of<T::kw_waive>, must<qname>, must<until>, must<day>, waive_block> {};
struct assert_part     : sor<when, that, message, because> {};
struct assert_items    : star<assert_part> {};
struct assert_block    : nested<must<open>, assert_items, must<close>> {};
struct assert_item     : seq<any_of<T::kw_assert>, must<assert_name>, assert_block> {};
struct cover           : seq<any_of<T::kw_cover>, must<slot>, opt<when>> {};
struct let             : seq<any_of<T::kw_let>, must<variable>, opt<if_must<colon, type>>, must<assign>, must<expression>> {};
struct profile_item    : sor<owner, when, because, let, rule, override_rule, waive, assert_item, cover> {};
struct profile_items   : star<profile_item> {};
struct profile_block   : nested<must<open>, profile_items, must<close>> {};
struct profile         : seq<any_of<T::kw_profile>, must<profile_name>, opt<params>, opt<extends>, profile_block> {};

// tests
struct given_state     : seq<any_of<T::kw_unknown, T::kw_absent>, not_at<any_of<T::dot, T::bracket_open>>> {};
struct given_value     : sor<given_state, expression> {};
struct given_fact      : seq<slot, must<assign>, must<given_value>> {};
struct given_facts     : star<given_fact, opt<comma>> {};
struct facts           : nested<open, given_facts, must<close>> {};
struct fixture         : seq<any_of<T::kw_fixture>, must<text>, opt<if_must<any_of<T::kw_with>, facts>>> {};
struct situation       : sor<fixture, facts> {};
struct given           : if_must<any_of<T::kw_given>, situation> {};
struct pass_word       : any_of<T::kw_pass, T::kw_passes> {};
struct converges       : seq<any_of<T::kw_converges>, opt<if_must<kw_in, count, pass_word>>> {};
struct changes_word    : any_of<T::kw_changes> {};
struct no_changes      : seq<any_of<T::kw_no>, clause_mark, must<changes_word>> {};
struct outcome         : any_of<T::kw_applies, T::kw_skipped, T::kw_waived, T::kw_unknown> {};
struct rule_outcome    : seq<any_of<T::kw_rule>, clause_mark, must<qname>, must<outcome>> {};
struct expectation     : sor<converges, no_changes, rule_outcome, expression> {};
struct expect          : if_must<any_of<T::kw_expect>, expectation> {};
struct test_item       : sor<given, expect, let> {};
struct test_items      : star<test_item> {};
struct test_block      : nested<must<open>, test_items, must<close>> {};
struct test            : seq<any_of<T::kw_test>, must<text>, test_block> {};

// the file
struct import          : seq<any_of<T::kw_import>, must<text>, opt<if_must<any_of<T::kw_as>, alias>>> {};
struct label_values    : sor<list, type> {};
struct label           : seq<ident, must<colon>, must<label_values>> {};
struct label_items     : star<label, opt<comma>> {};
struct label_block     : nested<must<open>, label_items, must<close>> {};
struct labels          : seq<any_of<T::kw_labels>, label_block> {};
struct assume          : seq<any_of<T::kw_assume>, must<expression>, opt<because>> {};
struct file_item       : sor<rule, profile, let, import, labels, override_rule, waive, assert_item, cover, assume, test> {};
struct file_items      : star<file_item> {};
struct epoch_number    : any_of<T::integer> {};
struct epoch           : if_must<any_of<T::kw_epoch>, epoch_number> {};
struct policy_name     : if_must<any_of<T::kw_name>, text> {};
struct pragma          : seq<any_of<T::kw_gopol>, must<language>, opt<policy_name>, opt<epoch>> {};
struct preamble        : opt<pragma> {};
struct file            : seq<preamble, file_items, eof> {};

}  // namespace gopol::dsl::grammar
// clang-format on
