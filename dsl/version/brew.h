#pragma once

#include <compare>
#include <string_view>

namespace gopol::dsl::brew_version {

/// Compares as Homebrew does: a version is a row of tokens, each of a class, and what separates
/// them does not count.
///
///     1.0alpha1 < 1.0beta1 < 1.0pre1 < 1.0rc1 < 1.0 == 1.0.0 < 1.0a < 1.0p1 < 1.0.1
///     9.9 < 9.9p1 < 9.9p2     1.1.1 < 1.1.1v < 1.1.1w     1.2.3 < 1.2.3.post1 < 1.2.3.1
///     every version < HEAD == HEAD-abc     1.22.4 < 1.22.4_1 (the revision, compared last)
///
/// Source: Homebrew/brew, Library/Homebrew/version.rb (Token, its classes, SCAN_PATTERN, `<=>`) and
/// pkg_version.rb (the revision).
std::strong_ordering compare(std::string_view a, std::string_view b);

}  // namespace gopol::dsl::brew_version
