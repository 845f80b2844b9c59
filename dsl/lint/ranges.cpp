#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <set>
#include <string>
#include <utility>

#include "dsl/lint/atoms.h"
#include "dsl/lint/conditions.h"
#include "dsl/lint/lint.h"
#include "dsl/syntax/views.h"
#include "dsl/value/go_version.h"

namespace gopol::dsl::lint {
namespace {

using Place = std::pair<std::uint32_t, std::uint32_t>;  // a text, and where in it something begins

Place place_of_range(SourceSpan span) { return {span.source.index, span.begin}; }

/// A version that names a whole series, which the range then holds only the first member of.
bool names_series(const Version& version) {
  const auto dots = std::count(version.text.begin(), version.text.end(), '.');
  constexpr std::size_t longest = 9;  // what has more digits is no release
  const bool digits = version.text.size() <= longest &&
                      version.text.find_first_not_of("0123456789.") == std::string::npos;
  switch (version.scheme) {
    case VersionScheme::go: return digits && dots == 1;
    case VersionScheme::apple: return digits && dots == 0;
    case VersionScheme::semver: return digits && dots < 2;
    case VersionScheme::brew: return false;
  }
  return false;
}

bool ends_in_series(const Range& range) {
  if (!range.low || !range.high || !range.high->included) return false;
  const auto* high = range.high->value.as<Version>();
  return high != nullptr && names_series(*high) && !(range.low->value == range.high->value);
}

/// The series after it: 16 → 17, 1.22 → 1.23.
std::string following(std::string_view text) {
  const std::size_t dot = text.rfind('.');
  const std::size_t start = dot == std::string_view::npos ? 0 : dot + 1;
  unsigned number = 0;
  std::from_chars(text.data() + start, text.data() + text.size(), number);
  return fmt::format("{}{}", text.substr(0, start), number + 1);
}

/// No release has exactly this number, so that leaving it out changes nothing: from Go 1.21 on it
/// names the language, and Apple's systems went from 15 to 26.
bool is_no_release(std::string_view text) {
  if (text.find('.') != std::string_view::npos) return go_version::is_language_version(text);
  unsigned major = 0;
  std::from_chars(text.data(), text.data() + text.size(), major);
  return major >= 16 && major <= 25;
}

Diagnostic closed_range(const RangeExpression& range) {
  const std::string_view low = range.left().text(), high = range.right().text();
  auto out =
      finding(range.span(),
              is_no_release(high)
                  ? fmt::format("`{} .. {}` holds nothing of {}", low, high, high)
                  : fmt::format("`{0} .. {1}` holds {1}.0 and nothing more of {1}", low, high),
              "ends too soon, or too late",
              fmt::format("write `{0} ..< {1}`, or `{0} ..< {2}` for all of {1}", low, high,
                          following(high)));
  const SourceSpan sign = range.sign().span;
  out.fixes.push_back({fmt::format("end before {}", high),
                       is_no_release(high) ? Safety::safe : Safety::unsafe,
                       {{sign, "..<"}}});
  out.fixes.push_back({fmt::format("take in all of {}", high),
                       Safety::unsafe,
                       {{sign, "..<"}, {range.right().span(), following(high)}}});
  return out;
}

std::set<Place> closed_ranges(const Policy& policy) {
  std::set<Place> out;
  for_all_conditions(policy, [&](const Guard& guard) {
    for_all_atoms(guard, [&](const Atom& atom, SourceSpan span) {
      if (atom.range && ends_in_series(*atom.range)) out.insert(place_of_range(span));
    });
  });
  for (const Policy::Rule& rule : policy.rules) {
    for (const Assertion& assertion : rule.assertions) {
      const auto& range = assertion.allowed.range;
      if (range && ends_in_series(*range)) out.insert(place_of_range(assertion.span));
    }
  }
  return out;
}

}  // namespace

Diagnostics closed_version_ranges(const Subject& subject) {
  const std::set<Place> places = closed_ranges(subject.policy);
  Diagnostics out;
  if (places.empty()) return out;
  const auto look_at = [&](const View& view, const Expression& value) {
    const auto range = value.as<RangeExpression>();
    if (range && !range.half_open() && places.contains(place_of_range(view.span())))
      out.push_back(closed_range(range));
  };
  for_all<In>(subject.program, [&](In view) { look_at(view, view.right()); });
  for_all<Attribute>(subject.program, [&](Attribute view) { look_at(view, view.value()); });
  return out;
}

}  // namespace gopol::dsl::lint
