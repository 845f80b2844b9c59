#pragma once

#include <array>
#include <string_view>
#include <tao/pegtl/ascii.hpp>
#include <tao/pegtl/rules.hpp>

#include "dsl/value/harmless.h"

// clang-format off
/// LANGUAGE section 3, lexemes: bytes to tokens.
namespace gopol::dsl::lexeme {

using namespace tao::pegtl;

/// A set of bytes.
using ByteSet = std::array<bool, 256>;

constexpr ByteSet bytes_in(std::string_view members) {
  ByteSet out{};
  for (const char c : members) out[static_cast<unsigned char>(c)] = true;
  return out;
}
constexpr ByteSet bytes_not_in(std::string_view members) {
  ByteSet out = bytes_in(members);
  for (bool& member : out) member = !member;
  return out;
}

/// `plus` of a set of bytes, by table: most of a text is such runs.
template <const ByteSet& Set>
struct run {
  using rule_t = plus<any>::rule_t;  // what it is to the analysis of the grammar
  using subs_t = plus<any>::subs_t;
  template <class In>
  static bool match(In& in) {
    const char* at = in.current();
    while (at != in.end() && Set[static_cast<unsigned char>(*at)]) ++at;
    const auto length = static_cast<std::size_t>(at - in.current());
    in.bump(length);
    return length != 0;
  }
};

/// `u{202E}`: one to six digits that name a character.
struct code_point {
  using rule_t = seq<one<'u'>, one<'{'>, rep_min_max<1, 6, xdigit>, one<'}'>>::rule_t;
  using subs_t = seq<one<'u'>, one<'{'>, rep_min_max<1, 6, xdigit>, one<'}'>>::subs_t;
  template <class In>
  static bool match(In& in) {
    const auto rest = static_cast<std::size_t>(in.end() - in.current());
    const auto found = parse_unicode_escape({in.current(), rest});
    if (found) in.bump(found->length);
    return found.has_value();
  }
};

inline constexpr ByteSet word_bytes =
    bytes_in("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");
inline constexpr ByteSet blank_bytes = bytes_in(" \t\r\n");
inline constexpr ByteSet plain_bytes = bytes_not_in("\"\\\r\n$");

struct idc            : sor<alpha, digit, one<'_'>> {};
struct end            : not_at<idc> {};
struct blank          : run<blank_bytes> {};
struct rest_of_line   : star<not_one<'\n'>> {};
struct comment        : seq<one<'#'>, rest_of_line> {};
struct byte_order     : string<'\xef', '\xbb', '\xbf'> {};
struct word           : run<word_bytes> {};

struct two_dots       : string<'.', '.'> {};
struct number_end     : seq<end, sor<not_at<one<'.'>>, at<two_dots>>> {};     // `1.22.` is no number
struct date           : seq<rep<4, digit>, one<'-'>, rep<2, digit>, one<'-'>, rep<2, digit>, number_end> {};
struct wild           : seq<one<'x'>, end> {};
struct version_part   : seq<one<'.'>, sor<plus<digit>, wild>> {};
struct suffix_char    : sor<alpha, digit, one<'+', '_', '-'>> {};
struct suffix_dot     : seq<one<'.'>, at<sor<alpha, digit>>> {};
struct version_suffix : seq<sor<alpha, one<'+', '_', '-'>>, star<sor<suffix_char, suffix_dot>>> {};
struct version        : seq<opt<one<'v'>>, plus<digit>, plus<version_part>, opt<version_suffix>, number_end> {};
struct duration       : seq<plus<digit>, one<'s', 'm', 'h', 'd', 'w'>, number_end> {};
struct integer        : seq<plus<digit>, number_end> {};
struct bad_number     : star<sor<idc, one<'+', '-'>, seq<one<'.'>, not_at<one<'.'>>>>> {};

struct index_text     : seq<one<'"'>, star<not_one<'"', '\\', '\r', '\n', '$'>>, one<'"'>> {};
struct index          : seq<one<'['>, sor<index_text, plus<sor<idc, one<'.'>>>>, one<']'>> {};
struct dot_name       : seq<one<'.'>, identifier> {};
struct reference      : seq<identifier, star<sor<dot_name, index>>> {};
struct interpolation  : seq<string<'$', '{'>, reference, one<'}'>> {};
struct escape         : seq<one<'\\'>, sor<one<'"', '\\', 'n', 't', '$'>, code_point>> {};
struct dollar         : seq<one<'$'>, not_at<one<'{'>>> {};
struct text           : seq<one<'"'>, star<sor<run<plain_bytes>, dollar, escape, interpolation>>, one<'"'>> {};
struct bad_text       : seq<one<'"'>, star<sor<seq<one<'\\'>, not_one<'\r', '\n'>>, not_one<'"', '\\', '\r', '\n'>>>, opt<one<'"'>>> {};
struct raw            : seq<one<'`'>, star<not_one<'`'>>, one<'`'>> {};
struct bad_raw        : seq<one<'`'>, rest_of_line> {};
struct single_quoted  : seq<one<'\''>, star<not_one<'\'', '\r', '\n'>>, opt<one<'\''>>> {};
struct slash_comment  : seq<string<'/', '/'>, rest_of_line> {};

}  // namespace gopol::dsl::lexeme
// clang-format on
