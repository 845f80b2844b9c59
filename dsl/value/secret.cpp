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
