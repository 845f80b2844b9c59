#pragma once

#include "dsl/syntax/grammar.h"

// clang-format off
/// Which rules leave nodes.
namespace gopol::dsl::detail {

using N = NodeKind;

template <class Rule> inline constexpr N node_of = N::none;
template <> inline constexpr N node_of<grammar::pragma>         = N::pragma;
template <> inline constexpr N node_of<grammar::import>         = N::import;
template <> inline constexpr N node_of<grammar::labels>         = N::labels;
template <> inline constexpr N node_of<grammar::label>          = N::label;
template <> inline constexpr N node_of<grammar::let>            = N::let;
template <> inline constexpr N node_of<grammar::type>           = N::type;
template <> inline constexpr N node_of<grammar::inner_type>     = N::type;
template <> inline constexpr N node_of<grammar::profile>        = N::profile;
template <> inline constexpr N node_of<grammar::param>          = N::param;
template <> inline constexpr N node_of<grammar::extension>      = N::extension;
template <> inline constexpr N node_of<grammar::argument>       = N::argument;
template <> inline constexpr N node_of<grammar::rule>           = N::rule;
template <> inline constexpr N node_of<grammar::override_rule>  = N::override_rule;
template <> inline constexpr N node_of<grammar::waive>          = N::waive;
template <> inline constexpr N node_of<grammar::assert_item>    = N::assert_item;
template <> inline constexpr N node_of<grammar::cover>          = N::cover;
template <> inline constexpr N node_of<grammar::assume>         = N::assume;
template <> inline constexpr N node_of<grammar::test>           = N::test;
template <> inline constexpr N node_of<grammar::when>           = N::when;
template <> inline constexpr N node_of<grammar::because>        = N::because;
template <> inline constexpr N node_of<grammar::body_because>   = N::because;
template <> inline constexpr N node_of<grammar::owner>          = N::owner;
template <> inline constexpr N node_of<grammar::after>          = N::after;
template <> inline constexpr N node_of<grammar::on_unknown>     = N::on_unknown;
template <> inline constexpr N node_of<grammar::that>           = N::that;
template <> inline constexpr N node_of<grammar::message>        = N::message;
template <> inline constexpr N node_of<grammar::resource>       = N::resource;
template <> inline constexpr N node_of<grammar::body>           = N::body;
template <> inline constexpr N node_of<grammar::for_body>       = N::body;
template <> inline constexpr N node_of<grammar::loop_body>      = N::body;
template <> inline constexpr N node_of<grammar::for_items>      = N::for_each;
template <> inline constexpr N node_of<grammar::for_resources>  = N::for_each;
template <> inline constexpr N node_of<grammar::unset>          = N::unset;
template <> inline constexpr N node_of<grammar::attribute>      = N::attribute;
template <> inline constexpr N node_of<grammar::given>          = N::given;
template <> inline constexpr N node_of<grammar::given_fact>     = N::given_fact;
template <> inline constexpr N node_of<grammar::expect>         = N::expect;
template <> inline constexpr N node_of<grammar::qname>          = N::qname;
template <> inline constexpr N node_of<grammar::list>           = N::list;
template <> inline constexpr N node_of<grammar::ref>            = N::ref;
template <> inline constexpr N node_of<grammar::slot>           = N::ref;
template <> inline constexpr N node_of<grammar::negation>       = N::not_;

/// One token, one node.
template <class Rule> inline constexpr N leaf_of = N::none;
template <> inline constexpr N leaf_of<grammar::text>           = N::string;
template <> inline constexpr N leaf_of<grammar::key_text>       = N::string;
template <> inline constexpr N leaf_of<grammar::key_word>       = N::ref;
template <> inline constexpr N leaf_of<grammar::day>            = N::date;
template <> inline constexpr N leaf_of<grammar::count>          = N::integer;

/// Rules around which an operator further on puts a node, and those operators.
template <class Rule> inline constexpr bool may_wrap = false;
template <> inline constexpr bool may_wrap<grammar::expression>  = true;
template <> inline constexpr bool may_wrap<grammar::conjunction> = true;
template <> inline constexpr bool may_wrap<grammar::comparison>  = true;
template <> inline constexpr bool may_wrap<grammar::range>       = true;
template <> inline constexpr bool may_wrap<grammar::value>       = true;

template <class Rule> inline constexpr N wrap_of = N::none;
template <> inline constexpr N wrap_of<grammar::or_more>        = N::or_;
template <> inline constexpr N wrap_of<grammar::and_more>       = N::and_;
template <> inline constexpr N wrap_of<grammar::compare_more>   = N::compare;
template <> inline constexpr N wrap_of<grammar::is_more>        = N::is;
template <> inline constexpr N wrap_of<grammar::in_more>        = N::in;
template <> inline constexpr N wrap_of<grammar::matches_more>   = N::matches;
template <> inline constexpr N wrap_of<grammar::range_more>     = N::range;

constexpr N literal_node(TokenKind kind) {
  switch (kind) {
    case TokenKind::date:     return N::date;
    case TokenKind::version:  return N::version;
    case TokenKind::duration: return N::duration;
    case TokenKind::integer:  return N::integer;
    case TokenKind::string:   return N::string;
    case TokenKind::raw:      return N::raw;
    default:                  return N::boolean;
  }
}

}  // namespace gopol::dsl::detail
// clang-format on
