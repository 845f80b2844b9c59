#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>
#include <utility>

#include "dsl/syntax/lex.h"

namespace gopol::dsl::detail {
namespace {

using K = TokenKind;
using Entry = std::pair<std::string_view, TokenKind>;

constexpr Entry keywords[] = {
    {"gopol", K::kw_gopol},
    {"name", K::kw_name},
    {"epoch", K::kw_epoch},
    {"import", K::kw_import},
    {"labels", K::kw_labels},
    {"let", K::kw_let},
    {"profile", K::kw_profile},
    {"extends", K::kw_extends},
    {"rule", K::kw_rule},
    {"waive", K::kw_waive},
    {"assert", K::kw_assert},
    {"cover", K::kw_cover},
    {"assume", K::kw_assume},
    {"test", K::kw_test},
    {"owner", K::kw_owner},
    {"on", K::kw_on},
    {"skip", K::kw_skip},
    {"fail", K::kw_fail},
    {"known", K::kw_known},
    {"unknown", K::kw_unknown},
    {"given", K::kw_given},
    {"fixture", K::kw_fixture},
    {"expect", K::kw_expect},
    {"converges", K::kw_converges},
    {"passes", K::kw_passes},
    {"pass", K::kw_pass},
    {"no", K::kw_no},
    {"changes", K::kw_changes},
    {"applies", K::kw_applies},
    {"skipped", K::kw_skipped},
    {"waived", K::kw_waived},
    {"enforce", K::kw_enforce},
    {"warn", K::kw_warn},
    {"sealed", K::kw_sealed},
    {"override", K::kw_override},
    {"for", K::kw_for},
    {"when", K::kw_when},
    {"because", K::kw_because},
    {"after", K::kw_after},
    {"default", K::kw_default},
    {"unset", K::kw_unset},
    {"present", K::kw_present},
    {"absent", K::kw_absent},
    {"in", K::kw_in},
    {"is", K::kw_is},
    {"and", K::kw_and},
    {"or", K::kw_or},
    {"not", K::kw_not},
    {"includes", K::kw_includes},
    {"excludes", K::kw_excludes},
    {"matches", K::kw_matches},
    {"true", K::kw_true},
    {"false", K::kw_false},
    {"as", K::kw_as},
    {"with", K::kw_with},
    {"until", K::kw_until},
    {"that", K::kw_that},
    {"message", K::kw_message},
};

constexpr std::size_t slots = 256;
constexpr std::size_t longest = 9;

constexpr std::size_t hash(std::string_view word) {
  const auto at = [&](std::size_t i) { return static_cast<std::size_t>(word[i]); };
  return (word.size() * 7 + at(0) * 31 + at(1) * 3 + at(word.size() - 1) * 17) % slots;
}

/// Open addressing, filled by the compiler.
constexpr auto table = [] {
  std::array<Entry, slots> out{};
  for (const Entry& entry : keywords) {
    std::size_t at = hash(entry.first);
    while (!out[at].first.empty()) at = (at + 1) % slots;
    out[at] = entry;
  }
  return out;
}();

}  // namespace

TokenKind word_kind(std::string_view word) {
  if (word.size() < 2 || word.size() > longest) return TokenKind::word;
  for (std::size_t at = hash(word); !table[at].first.empty(); at = (at + 1) % slots) {
    if (table[at].first == word) return table[at].second;
  }
  return TokenKind::word;
}

}  // namespace gopol::dsl::detail
