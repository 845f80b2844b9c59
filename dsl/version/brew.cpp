#include "dsl/version/brew.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

namespace gopol::dsl::brew_version {
namespace {

using Order = std::strong_ordering;

/// Homebrew's classes. `none` stands where a version has no more tokens.
enum class Kind { none, alpha, beta, pre, candidate, patch, post, number, word };

struct Token {
  Kind kind = Kind::none;
  std::string_view text = {};
};

std::string_view digits_in(std::string_view text) {
  const std::size_t from = std::min(text.find_first_of("0123456789"), text.size());
  const std::size_t to = std::min(text.find_first_not_of("0123456789", from), text.size());
  return text.substr(from, to - from);
}

/// Numbers of any length; none is 0.
Order compare_counts(std::string_view a, std::string_view b) {
  a.remove_prefix(std::min(a.find_first_not_of('0'), a.size()));
  b.remove_prefix(std::min(b.find_first_not_of('0'), b.size()));
  if (a.size() != b.size()) return a.size() <=> b.size();
  return a.compare(b) <=> 0;
}

bool is_number_end(char c) { return c < '0' || c > '9'; }

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; }

/// How long a run of digits is at the front.
std::size_t digits(std::string_view text) {
  return static_cast<std::size_t>(std::find_if(text.begin(), text.end(), is_number_end) -
                                  text.begin());
}

bool begins(std::string_view text, std::string_view word) {
  return text.size() >= word.size() &&
         std::equal(word.begin(), word.end(), text.begin(),
                    [](char expected, char any) { return expected == lower(any); });
}

/// The length of `alpha[0-9]*|a[0-9]+` and of the like.
std::size_t word_or_letter(std::string_view text, std::string_view word) {
  if (begins(text, word)) return word.size() + digits(text.substr(word.size()));
  if (!begins(text, word.substr(0, 1))) return 0;
  const std::size_t count = digits(text.substr(1));
  return count == 0 ? 0 : 1 + count;
}

/// The length of `pre[0-9]*` and of the like.
std::size_t word_and_digits(std::string_view text, std::string_view word) {
  return begins(text, word) ? word.size() + digits(text.substr(word.size())) : 0;
}

/// The length of `.post[0-9]+`, whose dot is any character.
std::size_t post_length(std::string_view text) {
  constexpr std::string_view word = "post";
  if (text.empty() || text.front() == '\n' || !begins(text.substr(1), word)) return 0;
  const std::size_t count = digits(text.substr(1 + word.size()));
  return count == 0 ? 0 : 1 + word.size() + count;
}

std::size_t letters(std::string_view text) {
  return static_cast<std::size_t>(
      std::find_if(text.begin(), text.end(),
                   [](char c) { return lower(c) < 'a' || lower(c) > 'z'; }) -
      text.begin());
}

/// The token at the front, in the order of SCAN_PATTERN; nothing if a separator stands there.
std::optional<Token> token_at(std::string_view text) {
  const std::pair<Kind, std::size_t> lengths[] = {{Kind::alpha, word_or_letter(text, "alpha")},
                                                  {Kind::beta, word_or_letter(text, "beta")},
                                                  {Kind::pre, word_and_digits(text, "pre")},
                                                  {Kind::candidate, word_and_digits(text, "rc")},
                                                  {Kind::patch, word_and_digits(text, "p")},
                                                  {Kind::post, post_length(text)},
                                                  {Kind::number, digits(text)},
                                                  {Kind::word, letters(text)}};
  for (const auto& [kind, length] : lengths)
    if (length > 0) return Token{kind, text.substr(0, length)};
  return {};
}

std::vector<Token> tokens(std::string_view text) {
  std::vector<Token> out;
  while (!text.empty()) {
    const auto token = token_at(text);
    if (token) out.push_back(*token);
    text.remove_prefix(token ? token->text.size() : 1);
  }
  return out;
}

bool is_prerelease(Kind kind) { return kind >= Kind::alpha && kind <= Kind::candidate; }

Order compare_tokens(const Token& a, const Token& b);

/// A number is above all words, and what is missing counts as 0.
Order compare_number(const Token& number, const Token& other) {
  if (other.kind == Kind::number) return compare_counts(number.text, other.text);
  if (other.kind == Kind::none) return compare_counts(number.text, "0");
  return Order::greater;
}

/// What is missing lies between prereleases and other words.
Order compare_missing(const Token& other) {
  if (other.kind == Kind::none) return Order::equal;
  return is_prerelease(other.kind) ? Order::greater : Order::less;
}

Order reversed(Order order) { return 0 <=> order; }

Order compare_tokens(const Token& a, const Token& b) {
  if (a.kind == Kind::number) return compare_number(a, b);
  if (b.kind == Kind::number) return reversed(compare_number(b, a));
  if (a.kind == Kind::none) return compare_missing(b);
  if (b.kind == Kind::none) return reversed(compare_missing(a));
  const bool is_ranked = a.kind != Kind::word && b.kind != Kind::word;
  if (is_ranked && a.kind == b.kind) return compare_counts(digits_in(a.text), digits_in(b.text));
  if (is_ranked && (is_prerelease(a.kind) || is_prerelease(b.kind))) return a.kind <=> b.kind;
  return a.text.compare(b.text) <=> 0;
}

bool is_head(std::string_view text) { return text == "HEAD" || text.starts_with("HEAD-"); }

/// Homebrew's loop: a 0 too many on one side is passed over.
Order compare_versions(std::string_view a, std::string_view b) {
  if (is_head(a) || is_head(b)) return is_head(a) <=> is_head(b);
  const auto left = tokens(a), right = tokens(b);
  std::size_t l = 0, r = 0;
  while (l < std::max(left.size(), right.size())) {
    const Token x = l < left.size() ? left[l] : Token(), y = r < right.size() ? right[r] : Token();
    const Order order = compare_tokens(x, y);
    const bool number_x = x.kind == Kind::number, number_y = y.kind == Kind::number;
    if (order == 0) {
      ++l;
      ++r;
    } else if (number_x && !number_y) {
      if (compare_number(x, {}) > 0) return Order::greater;
      ++l;
    } else if (!number_x && number_y) {
      if (compare_number(y, {}) > 0) return Order::less;
      ++r;
    } else {
      return order;
    }
  }
  return Order::equal;
}

/// Splits `1.22.4_1` into version and revision (0 if none): the last `_` before digits.
std::string_view take_revision(std::string_view& text) {
  const std::size_t at = text.rfind('_');
  if (at == std::string_view::npos || at == 0) return "0";
  const std::string_view revision = text.substr(at + 1);
  if (revision.empty() || digits(revision) != revision.size()) return "0";
  text = text.substr(0, at);
  return revision;
}

}  // namespace

Order compare(std::string_view a, std::string_view b) {
  const std::string_view revision_a = take_revision(a), revision_b = take_revision(b);
  const Order order = compare_versions(a, b);
  return order != 0 ? order : compare_counts(revision_a, revision_b);
}

}  // namespace gopol::dsl::brew_version
