#include "dsl/value/secret.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "dsl/value/ascii.h"
#include "dsl/value/secret_forms.h"

namespace gopol::dsl {
namespace {

using secret_form::is_word;

/// The form that may begin at `at`; whatever it is, the search goes on behind what it returns.
std::size_t step(std::string_view text, std::size_t at, std::vector<TextPart>& out) {
  const char c = text[at];
  const bool in_word = at > 0 && is_word(text[at - 1]);
  const std::string_view rest = text.substr(at);
  if (rest.starts_with("://") || rest.starts_with(":\\/\\/"))
    return secret_form::address(text, at, out);
  if ((c == '?' || c == '&' || c == '#') && at > 0 && text[at - 1] != ' ')
    return secret_form::named_parameter(text, at, out);
  if (c == '-' && !in_word) return secret_form::dashes(text, at, out);
  return is_word(c) && !in_word ? secret_form::word(text, at, out) : at + 1;
}

}  // namespace

std::vector<TextPart> secrets_in(std::string_view text) {
  std::vector<TextPart> found;
  for (std::size_t at = 0; at < text.size();) at = std::max(at + 1, step(text, at, found));
  std::erase_if(found, [text](const TextPart& part) {
    const std::string_view inside = text.substr(part.begin, part.end - part.begin);
    return inside.empty() || inside == secret_mark || inside == "...";
  });
  return found;
}

std::string without_secrets(std::string_view text, std::string_view mark) {
  std::string out;
  std::size_t from = 0;
  for (const TextPart& part : secrets_in(text)) {
    out.append(text.substr(from, part.begin - from)).append(mark);
    from = part.end;
  }
  return out.append(text.substr(from));
}

bool names_secret(std::string_view name) {
  static constexpr std::array<std::string_view, 25> ends = {
      "token",      "secret",        "password",  "passwd",    "passphrase",
      "credential", "credentials",   "apikey",    "api_key",   "_key",
      "_pass",      "_pwd",          "_pat",      "_auth",     "authtoken",
      "pass",       "authorization", "accesskey", "secretkey", "privatekey",
      "accountkey", "authkey",       "sharedkey", "masterkey", "art_api"};
  static constexpr std::array<std::string_view, 4> whole = {"api", "key", "pat", "auth"};
  std::string low = lowered(name);
  std::replace(low.begin(), low.end(), '-', '_');
  const auto is = [&](std::string_view one) { return low == one; };
  const auto ends_so = [&](std::string_view end) { return low.ends_with(end); };
  return std::any_of(whole.begin(), whole.end(), is) ||
         std::any_of(ends.begin(), ends.end(), ends_so);
}

}  // namespace gopol::dsl

namespace gopol::dsl::secret_form {
namespace {

/// `name=value` parts of a query or a fragment, from behind the `?`. Every value is hidden but
/// those of names that say which page, version or platform is meant; what has no name is too.
/// `&amp;` and `;` separate as well; another entity of XML ends the address.
std::size_t parameters(std::string_view text, std::size_t at, std::vector<TextPart>& out) {
  const std::size_t end = until(text, at, address_ends);
  while (at < end) {
    const std::size_t stop = std::min(text.find_first_of("&;#", at), end);
    const std::size_t equals = std::min(text.find('=', at), stop);
    const std::string name = lowered(text.substr(at, equals - at));
    const bool entity = stop < end && text[stop] == ';' && equals == stop;
    if (entity && is_any_of(name, {"quot", "lt", "gt", "apos"})) return stop;
    const bool harmless_name =
        is_any_of(name, {"go-get", "ref", "branch", "version", "v", "os", "arch", "page", "format",
                         "mode", "include", "amp"});
    if (!harmless_name) out.push_back({equals < stop ? equals + 1 : at, stop});
    at = stop + 1;
  }
  return end;
}

/// Where the user's part of an authority that begins at `begin` ends: the place of its `@`; npos if
/// it has none. What stands before a slash is part of a password if it is no port.
std::size_t user_end(std::string_view text, std::size_t begin) {
  constexpr std::size_t none = std::string_view::npos;
  const std::size_t path = until(text, begin, "/?# \t\r\n\"'`<>,|");
  const auto last_sign = [&](std::size_t end) {
    const std::size_t sign = text.substr(0, end).rfind('@');
    return sign != none && sign >= begin ? sign : none;
  };
  if (const std::size_t sign = last_sign(path); sign != none) return sign;
  const std::size_t colon = text.substr(0, path).find(':', begin);
  if (colon == none || text.substr(begin, 1) == "[") return none;
  const std::string_view port = text.substr(colon + 1, path - colon - 1);
  if (!port.empty() && port.find_first_not_of("0123456789") == none) return none;
  if (text.substr(path, 1) == "/") return last_sign(until(text, path, address_ends));
  const std::size_t sign = text.find('@', path);  // a comma or a quote in the password
  return sign < until(text, path, " \t\r\n") ? sign : none;
}

/// Who logs in by ssh proves it with a key: the name alone is no secret, and `git` it is mostly.
bool is_login_by_key(std::string_view before, std::string_view user) {
  return before.ends_with("ssh") && user.find(':') == std::string_view::npos;
}

}  // namespace

std::size_t address(std::string_view text, std::size_t at, std::vector<TextPart>& out) {
  const std::size_t begin = text.find('/', text.find('/', at) + 1) + 1;  // JSON may write `:\\/\\/`
  std::size_t host = begin;
  if (const std::size_t sign = user_end(text, begin); sign != std::string_view::npos) {
    const std::string_view user = text.substr(begin, sign - begin);
    if (!is_login_by_key(text.substr(0, at), user)) out.push_back({begin, sign});
    host = sign + 1;
  }
  const std::size_t mark = until(text, host, "?# \t\r\n\"'`<>,|");
  const bool asks = text.substr(mark, 1) == "?" || text.substr(mark, 1) == "#";
  if (asks) static_cast<void>(parameters(text, mark + 1, out));
  return asks ? until(text, mark, address_ends) : host;
}

std::size_t named_parameter(std::string_view text, std::size_t at, std::vector<TextPart>& out) {
  std::size_t equals = at + 1;
  while (equals < text.size() && (is_word(text[equals]) || text[equals] == '-')) ++equals;
  const std::string_view name = text.substr(at + 1, equals - at - 1);
  const bool known = names_secret(name) || is_any_of(lowered(name), {"sig", "x-amz-signature"});
  if (text.substr(equals, 1) != "=" || !known) return at + 1;
  const std::size_t end = until(text, equals + 1, value_ends);
  out.push_back({equals + 1, end});
  return end;
}

}  // namespace gopol::dsl::secret_form
