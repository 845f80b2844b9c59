#include "dsl/syntax/lex.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <tao/pegtl/memory_input.hpp>
#include <tao/pegtl/normal.hpp>
#include <tao/pegtl/nothing.hpp>

#include "dsl/syntax/lexemes.h"
#include "dsl/value/utf8.h"

namespace gopol::dsl::detail {
namespace {

namespace pegtl = tao::pegtl;
using Input = pegtl::memory_input<pegtl::tracking_mode::lazy, pegtl::eol::lf, const char*>;
using K = TokenKind;

template <class Rule>
bool match(Input& in) {
  return pegtl::match<Rule, pegtl::apply_mode::nothing, pegtl::rewind_mode::required,
                      pegtl::nothing, pegtl::normal>(in);
}

K number(Input& in) {
  if (match<lexeme::date>(in)) return K::date;
  if (match<lexeme::integer>(in)) return K::integer;
  if (match<lexeme::version>(in)) return K::version;
  if (match<lexeme::duration>(in)) return K::duration;
  static_cast<void>(match<lexeme::bad_number>(in));
  return K::bad_number;
}

K word(Input& in, bool after_dot) {
  const char* const begin = in.current();
  if (*begin == 'v' && !after_dot && match<lexeme::version>(in)) return K::version;
  static_cast<void>(match<lexeme::word>(in));
  return word_kind({begin, static_cast<std::size_t>(in.current() - begin)});
}

K text(Input& in) {
  if (match<lexeme::text>(in)) return K::string;
  static_cast<void>(match<lexeme::bad_text>(in));
  return K::bad_string;
}

K raw(Input& in) {
  if (match<lexeme::raw>(in)) return K::raw;
  static_cast<void>(match<lexeme::bad_raw>(in));
  return K::bad_string;
}

K take(Input& in, std::size_t bytes, K kind) {
  in.bump(bytes);
  return kind;
}

K sign(Input& in) {
  const char next = in.size(2) > 1 ? in.peek_char(1) : '\0';
  const bool twin = next == in.peek_char();
  switch (in.peek_char()) {
    case '{': return take(in, 1, K::brace_open);
    case '}': return take(in, 1, K::brace_close);
    case '[': return take(in, 1, K::bracket_open);
    case ']': return take(in, 1, K::bracket_close);
    case '(': return take(in, 1, K::paren_open);
    case ')': return take(in, 1, K::paren_close);
    case ',': return take(in, 1, K::comma);
    case ':': return take(in, 1, K::colon);
    case ';': return take(in, 1, K::semicolon);
    case '|': return twin ? take(in, 2, K::or_or) : take(in, 1, K::bar);
    case '&': return twin ? take(in, 2, K::and_and) : take(in, 1, K::stray);
    case '=': return twin ? take(in, 2, K::equal) : take(in, 1, K::assign);
    case '!': return next == '=' ? take(in, 2, K::unequal) : take(in, 1, K::bang);
    case '<': return next == '=' ? take(in, 2, K::less_equal) : take(in, 1, K::less);
    case '>': return next == '=' ? take(in, 2, K::greater_equal) : take(in, 1, K::greater);
    case '.':
      if (!twin) return take(in, 1, K::dot);
      return in.size(3) > 2 && in.peek_char(2) == '<' ? take(in, 3, K::range_half_open)
                                                      : take(in, 2, K::range_closed);
    default: return take(in, 1, K::stray);
  }
}

enum class First : unsigned char {
  sign,
  blank,
  word,
  digit,
  quote,
  tick,
  apostrophe,
  hash,
  slash,
  high
};

constexpr auto first_bytes = [] {
  std::array<First, 256> out{};
  for (const char c : {' ', '\t', '\r', '\n'}) out[static_cast<unsigned char>(c)] = First::blank;
  for (char c = 'a'; c <= 'z'; ++c) out[static_cast<unsigned char>(c)] = First::word;
  for (char c = 'A'; c <= 'Z'; ++c) out[static_cast<unsigned char>(c)] = First::word;
  for (char c = '0'; c <= '9'; ++c) out[static_cast<unsigned char>(c)] = First::digit;
  for (std::size_t c = 0x80; c < 0x100; ++c) out[c] = First::high;
  out['_'] = First::word;
  out['"'] = First::quote;
  out['`'] = First::tick;
  out['\''] = First::apostrophe;
  out['#'] = First::hash;
  out['/'] = First::slash;
  return out;
}();

/// Letters that are no ASCII stand together, so that one slip is one token.
K high_bytes(Input& in, bool at_begin) {
  if (at_begin && match<lexeme::byte_order>(in)) return K::bom;
  while (!in.empty() && (static_cast<unsigned char>(in.peek_char()) & 0x80) != 0) in.bump(1);
  return K::stray;
}

K next(Input& in, bool after_dot, bool at_begin) {
  switch (first_bytes[static_cast<unsigned char>(in.peek_char())]) {
    case First::blank: static_cast<void>(match<lexeme::blank>(in)); return K::blank;
    case First::hash: static_cast<void>(match<lexeme::comment>(in)); return K::comment;
    case First::word: return word(in, after_dot);
    case First::digit: return number(in);
    case First::quote: return text(in);
    case First::tick: return raw(in);
    case First::apostrophe:
      static_cast<void>(match<lexeme::single_quoted>(in));
      return K::single_quoted;
    case First::slash: return match<lexeme::slash_comment>(in) ? K::slash_comment : sign(in);
    case First::high: return high_bytes(in, at_begin);
    case First::sign: return sign(in);
  }
  return sign(in);
}

}  // namespace

void lex(Tree& tree, Significant& significant) {
  Input in(tree.text.data(), tree.text.data() + tree.text.size(), "");
  const std::size_t guess = tree.text.size() / 3 + 16;
  tree.offsets.reserve(guess);
  tree.kinds.reserve(guess);
  significant.kinds.reserve(guess);
  significant.indices.reserve(guess);
  bool after_dot = false;
  while (!in.empty()) {
    const auto offset = static_cast<std::uint32_t>(in.current() - tree.text.data());
    const K kind = next(in, after_dot, offset == 0);
    after_dot = kind == K::dot;
    if (!is_trivia(kind)) {
      significant.kinds.push_back(kind);
      significant.indices.push_back(static_cast<std::uint32_t>(tree.kinds.size()));
    }
    tree.offsets.push_back(offset);
    tree.kinds.push_back(kind);
  }
  tree.offsets.push_back(static_cast<std::uint32_t>(tree.text.size()));
  significant.indices.push_back(static_cast<std::uint32_t>(tree.kinds.size()));
}

}  // namespace gopol::dsl::detail
