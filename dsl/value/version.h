#pragma once

#include <compare>
#include <string>
#include <string_view>

namespace gopol::dsl {

/// Order depends on the scheme, so there is no operator<.
/// go: Go's own (1.21 < 1.21rc1 < 1.21.0). apple: dotted numbers, missing ones are 0.
/// semver: semver.org 2.0.0, an optional leading `v`, missing parts are 0. brew:
/// version[_revision].
enum class VersionScheme { go, apple, semver, brew };

struct Version {
  std::string text;
  VersionScheme scheme = VersionScheme::go;
  bool operator==(const Version& other) const;  ///< same scheme and same place in its order
};

/// Both must share a scheme (asserted). Go versions are bare (`1.22.2`), without `go`; a
/// suffix `-acme` is ignored. Malformed texts equal each other and precede every valid one.
/// Source: go/version.Compare, go.dev/doc/toolchain "Version strings".
std::strong_ordering compare(const Version& a, const Version& b);

/// Whether `text` is a version of the scheme.
bool is_valid(std::string_view text, VersionScheme scheme);

std::string_view name(VersionScheme scheme);

}  // namespace gopol::dsl
