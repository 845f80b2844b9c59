#pragma once

#include <string>
#include <string_view>

#include "dsl/value/result.h"
#include "dsl/value/value.h"

namespace gopol::dsl {

/// Parses a GOPROXY text as cmd/go does: `,` and `|` separate, blanks around an element are
/// trimmed, empty elements are skipped, `off` and `direct` end the list, a word with `.`, `:` or
/// `/` and no scheme gets `https://`. Errors: an empty list, a scheme other than https, http, file,
/// a bare word. Source: cmd/go/internal/modfetch proxyList (go1.27).
Result<Chain> parse_chain(std::string_view text);

/// A URL as Go's net/url sees it. Texts are decoded but for `raw_query`.
struct Url {
  std::string scheme;  ///< lower case; empty: there is none
  std::string opaque;  ///< what follows `scheme:` if no slash does
  std::string login;   ///< `user:password` as it is written
  std::string host;    ///< with its port
  std::string path, raw_path, query, fragment;
  bool omits_host = false;  ///< `file:/x`
  bool has_login = false, ends_in_question_mark = false;
};

/// Parses as net/url.Parse of Go 1.27 does. Errors: its own, as `parse "URL": REASON`.
Result<Url> parse_url(std::string_view text);

/// The URL as go prints it in its errors: the password as `xxxxx`, odd characters escaped.
std::string redacted(const Url& url);

/// A text in quotes, as Go's `%q` writes it.
std::string go_quoted(std::string_view text);

}  // namespace gopol::dsl
