#include "dsl/value/version.h"

#include <algorithm>
#include <cassert>

#include "dsl/value/go_version.h"
#include "dsl/version/brew.h"

namespace gopol::dsl {
namespace {

bool is_digits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

/// Numbers of any length: without leading zeros, the longer is greater.
std::strong_ordering compare_numbers(std::string_view a, std::string_view b) {
  a.remove_prefix(std::min(a.find_first_not_of('0'), a.size()));
  b.remove_prefix(std::min(b.find_first_not_of('0'), b.size()));
  if (a.size() != b.size()) return a.size() <=> b.size();
  return a.compare(b) <=> 0;
}

/// Takes what stands before the next `separator` off the front of `rest`.
std::string_view take(std::string_view& rest, char separator) {
  const std::size_t end = std::min(rest.find(separator), rest.size());
  const std::string_view part = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return part;
}

/// Dotted numbers, missing ones are 0.
std::strong_ordering compare_dotted(std::string_view a, std::string_view b) {
  while (!a.empty() || !b.empty()) {
    const auto order = compare_numbers(take(a, '.'), take(b, '.'));
    if (order != 0) return order;
  }
  return std::strong_ordering::equal;
}

bool is_dotted(std::string_view text) {
  if (text.empty() || text.back() == '.') return false;
  while (!text.empty()) {
    if (!is_digits(take(text, '.'))) return false;
  }
  return true;
}

struct Semver {
  std::string_view core, pre, build;
};

Semver parse_semver(std::string_view text) {
  if (text.starts_with('v')) text.remove_prefix(1);
  Semver out;
  const std::size_t plus = std::min(text.find('+'), text.size());
  out.build = text.substr(std::min(plus + 1, text.size()));
  text = text.substr(0, plus);
  out.core = take(text, '-');
  out.pre = text;
  return out;
}

/// Source: semver.org 2.0.0, item 11: a release follows its prereleases; numbers precede words.
std::strong_ordering compare_prereleases(std::string_view a, std::string_view b) {
  if (a.empty() || b.empty()) return a.empty() <=> b.empty();
  while (!a.empty() && !b.empty()) {
    const std::string_view x = take(a, '.'), y = take(b, '.');
    if (is_digits(x) != is_digits(y)) {
      return is_digits(x) ? std::strong_ordering::less : std::strong_ordering::greater;
    }
    const auto order = is_digits(x) ? compare_numbers(x, y) : x.compare(y) <=> 0;
    if (order != 0) return order;
  }
  return b.empty() <=> a.empty();
}

std::strong_ordering compare_semver(std::string_view a, std::string_view b) {
  const Semver x = parse_semver(a), y = parse_semver(b);
  const auto order = compare_dotted(x.core, y.core);
  return order != 0 ? order : compare_prereleases(x.pre, y.pre);
}

bool is_semver(std::string_view text) {
  const Semver parts = parse_semver(text);
  return is_dotted(parts.core) && (parts.pre.empty() ? !text.ends_with('-') : true);
}

}  // namespace

std::strong_ordering compare(const Version& a, const Version& b) {
  assert(a.scheme == b.scheme);
  switch (a.scheme) {
    case VersionScheme::go: return go_version::compare(a.text, b.text);
    case VersionScheme::apple: return compare_dotted(a.text, b.text);
    case VersionScheme::semver: return compare_semver(a.text, b.text);
    case VersionScheme::brew: return brew_version::compare(a.text, b.text);
  }
  return std::strong_ordering::equal;
}

bool Version::operator==(const Version& other) const {
  return scheme == other.scheme && compare(*this, other) == 0;
}

bool is_valid(std::string_view text, VersionScheme scheme) {
  switch (scheme) {
    case VersionScheme::go: return go_version::is_valid(text);
    case VersionScheme::apple: return is_dotted(text);
    case VersionScheme::semver: return is_semver(text);
    case VersionScheme::brew:
      return !text.empty() && text.find_first_of(" \t\r\n/") == std::string_view::npos;
  }
  return false;
}

std::string_view name(VersionScheme scheme) {
  switch (scheme) {
    case VersionScheme::go: return "go";
    case VersionScheme::apple: return "apple";
    case VersionScheme::semver: return "semver";
    case VersionScheme::brew: return "brew";
  }
  return "go";
}

}  // namespace gopol::dsl
