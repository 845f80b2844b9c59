#pragma once

#include <compare>
#include <string>
#include <string_view>

namespace gopol::dsl::go_version {

/// The parts of a bare Go version. Numbers are decimal texts without a size limit; an empty
/// `patch` or `kind` is missing; all empty means malformed.
/// Source: Go's internal/gover.Parse.
struct Parts {
  std::string_view major, minor, patch, kind, pre;
  bool operator==(const Parts&) const = default;
};

Parts parse(std::string_view bare);                                    ///< `1.22rc1`, without `go`
std::strong_ordering compare(std::string_view a, std::string_view b);  ///< bare versions
bool is_valid(std::string_view bare);
bool is_language_version(std::string_view bare);  ///< 1.21 yes, 1.20 and 1.21.0 no
bool is_prerelease(std::string_view bare);
std::string language(std::string_view bare);        ///< 1.21rc2 → 1.21; empty if malformed
std::string from_toolchain(std::string_view name);  ///< go1.22.2-acme → 1.22.2; empty if none

/// The forms with the prefix `go`, as in Go's package go/version.
std::strong_ordering compare_names(std::string_view a, std::string_view b);

/// What go.dev calls the release: `1.20.0` is published as `go1.20`, `1.21.0` as `go1.21.0`.
std::string release_name(std::string_view bare);

}  // namespace gopol::dsl::go_version
