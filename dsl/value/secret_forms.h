#pragma once

#include <cstddef>
#include <initializer_list>
#include <string_view>
#include <vector>

#include "dsl/value/secret.h"

/// The forms of secrets, each with the place that it may begin at: what of it is secret goes to
/// `out`, and the place where the search goes on is returned.
namespace gopol::dsl::secret_form {

inline constexpr std::string_view address_ends = " \t\r\n\"'`<>,|";
inline constexpr std::string_view value_ends = " \t\r\n\"'`<>,;|)]}&";

bool is_word(char c);  ///< letter, digit, `_`
bool is_any_of(std::string_view text, std::initializer_list<std::string_view> words);
/// The place of the first of `stops` from `at` on; the end if there is none.
std::size_t until(std::string_view text, std::size_t at, std::string_view stops);

/// `://user:password@host/path?name=value`. RFC 3986 section 3.
std::size_t address(std::string_view text, std::size_t at, std::vector<TextPart>& out);

/// `?token=value`, `&token=value`, `#token=value` behind what is no address with a scheme.
std::size_t named_parameter(std::string_view text, std::size_t at, std::vector<TextPart>& out);

/// `-X main.key=value` of a linker, `-----BEGIN … PRIVATE KEY-----`.
std::size_t dashes(std::string_view text, std::size_t at, std::vector<TextPart>& out);

/// What a word begins: a well-known token, `NAME=value`, `Header-Name: value`, `password value` of
/// a netrc, `Bearer value`, `user:password@host`.
std::size_t word(std::string_view text, std::size_t at, std::vector<TextPart>& out);

}  // namespace gopol::dsl::secret_form
