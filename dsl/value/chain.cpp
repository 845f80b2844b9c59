#include "dsl/value/chain.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "dsl/value/interpolation_mark.h"

namespace gopol::dsl {
namespace {

std::string_view trim(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\n\v\f";
  const std::size_t from = text.find_first_not_of(blanks);
  if (from == std::string_view::npos) return {};
  return text.substr(from, text.find_last_not_of(blanks) - from + 1);
}

Diagnostic bad_chain(std::string message, std::string help) {
  return problem("P2004", std::move(message), std::move(help));
}

/// A word that looks like a host gets `https://`, so that `goproxy.example` works.
std::string with_scheme(std::string_view word) {
  const bool looks_like_host = word.find_first_of(".:/") != std::string_view::npos &&
                               word.find(":/") == std::string_view::npos && word.front() != '/';
  return (looks_like_host ? "https://" : "") + std::string(word);
}

bool is_path_alone(const Url& url) {
  return url.opaque.empty() && !url.has_login && url.host.empty() && url.query.empty() &&
         !url.ends_in_question_mark && url.fragment.empty() && !url.omits_host;
}

/// What is wrong with the scheme of a proxy, or with what stands beside its path; empty: nothing.
std::string scheme_problem(const Url& url) {
  const std::string& scheme = url.scheme;
  if (scheme.empty()) return "invalid proxy URL missing scheme";
  if (scheme != "https" && scheme != "http" && scheme != "file")
    return "invalid proxy URL scheme (must be https, http, file)";
  return scheme == "file" && !is_path_alone(url)
             ? "invalid file:// proxy URL with non-path elements"
             : "";
}

const char* scheme_help(const Url& url) {
  if (url.scheme.empty()) return "write `https://HOST`, `direct` or `off`";
  return url.scheme == "file" ? "write `file:///ABSOLUTE/PATH`"
                              : "Go's module proxies speak https, http or file";
}

/// A URL that a policy will insert something into: only what will be wrong in any case is.
Result<std::string> open_element(std::string_view word, std::string url) {
  const bool control = std::any_of(url.begin(), url.end(), [](char c) {
    return (static_cast<unsigned char>(c) < 0x20 && c != interpolation_mark) || c == '\x7f';
  });
  if (control)
    return bad_chain("invalid control character in proxy URL", "a URL is one line of plain text");
  std::string filled = url;
  std::replace(filled.begin(), filled.end(), interpolation_mark, 'x');
  const auto parsed = parse_url(filled);
  if (!parsed) return url;
  if (std::string why = scheme_problem(*parsed); !why.empty())
    return bad_chain(fmt::format("{}: {}", why, word), scheme_help(*parsed));
  return url;
}

/// Source: cmd/go/internal/modfetch.newProxyRepo.
Result<std::string> element(std::string_view word) {
  std::string url = with_scheme(word);
  if (url.find(interpolation_mark) != std::string::npos) return open_element(word, std::move(url));
  const auto parsed = parse_url(url);
  if (!parsed)
    return bad_chain(parsed.error().front().message.text(), "a URL is one line of plain text");
  if (std::string why = scheme_problem(*parsed); !why.empty())
    return bad_chain(fmt::format("{}: {}", why, redacted(*parsed)), scheme_help(*parsed));
  return url;
}

}  // namespace

Result<Chain> parse_chain(std::string_view text) {
  Chain chain;
  while (!text.empty()) {
    const std::size_t end = text.find_first_of(",|");
    const bool on_any_error = end != std::string_view::npos && text[end] == '|';
    const std::string_view word = trim(text.substr(0, end));
    text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
    if (word.empty()) continue;
    if (word == "off" || word == "direct") {
      chain.links.push_back({std::string(word), false});
      break;
    }
    auto url = element(word);
    if (!url) return url.error();
    chain.links.push_back({std::move(*url), on_any_error});
  }
  if (chain.links.empty()) {
    return bad_chain("GOPROXY list is not the empty string, but contains no entries",
                     "name a proxy, `direct` or `off`");
  }
  return chain;
}

}  // namespace gopol::dsl
