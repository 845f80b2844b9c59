#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace gopol::dsl {

/// The parts of `scheme://login@host:port/path?query#fragment`, as they are written. They are views
/// of the text.
struct Address {
  std::string_view scheme;
  std::optional<std::string_view> login;  ///< `user:password`; empty of `https://@host`
  std::string_view place;                 ///< `host:port`
  std::string_view host;                  ///< of IPv6 with its brackets
  std::string_view port;                  ///< empty: the scheme's own
  std::string_view rest;                  ///< from the first of `/?#` on
};

/// Nothing if there is no `://`.
std::optional<Address> split_address(std::string_view text);

/// `%41` as `A`. What is no escape stays.
std::string percent_decoded(std::string_view text);

}  // namespace gopol::dsl
