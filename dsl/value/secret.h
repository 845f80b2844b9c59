#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace gopol::dsl {

/// What stands where a secret stood, in every output.
inline constexpr std::string_view secret_mark = "…";

/// A part of a text, in bytes.
struct TextPart {
  std::size_t begin = 0, end = 0;
  bool operator==(const TextPart&) const = default;
};

/// The parts of a text that are secrets by their form or by the word before them, in order, none in
/// another: who logs in to an address and what its query says, credentials in headers, what is
/// assigned to `…_TOKEN` and its like, passwords of a netrc, values of `-X` but versions and dates,
/// the tokens of well-known hosts, private keys. A part that is hidden already is none.
std::vector<TextPart> secrets_in(std::string_view text);

/// The text with `mark` for each of its secrets: `https://…@host/`. Twice changes nothing.
std::string without_secrets(std::string_view text, std::string_view mark = secret_mark);

/// Whether the name of a variable or a key says that its value is a secret: it ends in `token`,
/// `_key`, `password` …
bool names_secret(std::string_view name);

}  // namespace gopol::dsl
