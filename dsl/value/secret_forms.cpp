#include "dsl/value/secret_forms.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>

#include "dsl/value/ascii.h"

namespace gopol::dsl::secret_form {
namespace {

using Parts = std::vector<TextPart>;
std::size_t skip_blanks(std::string_view text, std::size_t at) {
  while (at < text.size() && (text[at] == ' ' || text[at] == '\t')) ++at;
  return at;
}

/// The end of a value that begins at `at`, in quotes or not; `at` is moved behind the quote.
std::size_t value_end(std::string_view text, std::size_t& at) {
  if (at < text.size() && (text[at] == '"' || text[at] == '\'')) {
    const char quote = text[at++];
    return until(text, at, std::string_view(&quote, 1));
  }
  return until(text, at, value_ends);
}

/// A variable is no secret itself, nor is a comparison a value.
bool is_value(std::string_view text, std::size_t begin, std::size_t end) {
  return end > begin && !text.substr(begin).starts_with("\\$") && text[begin] != '$' &&
         text[begin] != '=' && text[begin] != '~';
}

/// Letters, digits and what else stands in tokens; at least `least` of them.
std::size_t token_end(std::string_view text, std::size_t at, std::size_t least) {
  std::size_t end = at;
  while (end < text.size() && (is_word(text[end]) || std::string_view("-.~+/=").find(text[end]) !=
                                                         std::string_view::npos))
    ++end;
  while (end > at && text[end - 1] == '.') --end;
  return end - at >= least ? end : at;
}

struct Shape {
  std::string_view front;
  std::size_t least;  ///< characters behind it
};

/// Tokens that hosts hand out, by the front that tells whose they are.
constexpr std::array<Shape, 43> shapes = {{
    {"ghp_", 4},
    {"gho_", 4},
    {"ghu_", 4},
    {"ghs_", 4},
    {"ghr_", 4},
    {"github_pat_", 4},
    {"glpat-", 4},
    {"gldt-", 4},
    {"glrt-", 4},
    {"glcbt-", 4},
    {"glptt-", 4},
    {"glsoat-", 4},
    {"gloas-", 4},
    {"glft-", 4},
    {"AKIA", 12},
    {"ASIA", 12},
    {"eyJ", 8},
    {"xoxb-", 4},
    {"xoxp-", 4},
    {"xoxa-", 4},
    {"xoxr-", 4},
    {"xoxs-", 4},
    {"xapp-", 4},
    {"npm_", 30},
    {"pypi-AgE", 8},
    {"sk_live_", 8},
    {"sk-proj-", 8},
    {"AIza", 30},
    {"ya29.", 8},
    {"hf_", 30},
    {"dop_v1_", 8},
    {"hvs.", 12},
    {"shpat_", 8},
    {"ATATT3", 12},
    {"sk-ant-", 8},
    {"sk-", 40},
    {"rk_live_", 8},
    {"gsk_", 30},
    {"SG.", 20},
    {"xoxe", 8},
    {"dckr_pat_", 8},
    {"whsec_", 8},
    {"AGE-SECRET-KEY-1", 8},
}};

std::size_t known_token(std::string_view text, std::size_t at, Parts& out) {
  for (const Shape& shape : shapes) {
    if (!text.substr(at).starts_with(shape.front)) continue;
    const std::size_t begin = at + shape.front.size();
    const std::size_t end = token_end(text, begin, shape.least);
    if (end == begin) continue;
    out.push_back({at, end});
    return end;
  }
  return at;
}

/// Of what follows in a header. Source: RFC 9110 section 11.
bool is_scheme(std::string_view word) {
  return is_any_of(lowered(word), {"bearer", "basic", "digest", "token", "negotiate", "apikey"});
}

/// `Bearer value`, the value of a header and its like: one word behind a scheme, more of them while
/// they are `name=value`.
std::size_t credentials(std::string_view text, std::size_t at, Parts& out) {
  const std::size_t first = until(text, at, " \t\r\n\"'`<>]");
  std::size_t begin = at, end = first;
  const std::size_t next = skip_blanks(text, first);
  if (is_scheme(text.substr(at, first - at)) && next > first)
    begin = next, end = until(text, next, " \t\r\n\"'`<>]");
  while (text.substr(end, 1) == " ") {
    const std::size_t more = until(text, end + 1, " \t\r\n\"'`<>]");
    if (text.substr(end + 1, more - end - 1).find('=') == std::string_view::npos) break;
    end = more;
  }
  if (is_value(text, begin, end)) out.push_back({begin, end});
  return end;
}

/// Whether a word is no prose: it has a digit, or capitals that are not its first letter.
bool is_cryptic(std::string_view word) {
  if (word.size() < 6) return false;
  return std::any_of(word.begin() + 1, word.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || c == '=';
  });
}

/// `Authorization: …`, `PRIVATE-TOKEN: …`, `Cookie: …`.
bool is_header(std::string_view name) {
  const std::string low = lowered(name);
  if (is_any_of(low, {"authorization", "cookie", "set-cookie"})) return true;
  return low.find('-') != std::string::npos && names_secret(low);
}

/// Whether what begins at `at` is the first of a line or of an item of a list.
bool begins_item(std::string_view text, std::size_t at) {
  while (at > 0 && std::string_view(" \t+-").find(text[at - 1]) != std::string_view::npos) --at;
  return at == 0 || std::string_view("\n\r[,\"'`;{").find(text[at - 1]) != std::string_view::npos;
}

/// `password value`, behind `login name` or `machine name` in its line, or an item by itself.
/// Source: the netrc chapter of the ftp manual page.
std::size_t netrc(std::string_view text, std::size_t at, std::size_t end, Parts& out) {
  std::size_t begin = skip_blanks(text, end);
  if (begin == end) return end;
  const bool quoted = text.substr(begin, 1) == "\"";
  const std::size_t stop = quoted ? value_end(text, begin) : until(text, begin, " \t\r\n\"'`,]");
  if (stop == begin) return end;
  const std::size_t line = text.substr(0, at).rfind('\n') + 1;  // npos + 1 is 0
  const std::string_view before = text.substr(line, at - line);
  const bool entry = before.find("login ") != std::string_view::npos ||
                     before.find("machine ") != std::string_view::npos;
  const std::string_view after = text.substr(stop, 2);
  const bool alone = begins_item(text, at) && (after.empty() || after[0] != ' ' || after == "  ");
  if (!entry && !alone) return end;
  out.push_back({begin, stop});
  return stop;
}

/// `user:password@host` without a scheme.
std::size_t login(std::string_view text, std::size_t at, std::size_t end, Parts& out) {
  if (text.substr(end, 1) != ":" || text.substr(end, 3) == "://") return at;
  const std::size_t sign = until(text, end, " \t\r\n\"'`<>,|/=@");
  const bool host =
      text.substr(sign, 1) == "@" && sign + 1 < text.size() && is_word(text[sign + 1]);
  if (!host || sign == end + 1) return at;
  out.push_back({at, sign});
  return sign;
}

/// `set -gx NAME value` of fish, `setenv NAME value` of csh: what stands before the name.
bool is_set_by_word(std::string_view text, std::size_t at) {
  const std::string_view before = text.substr(0, at);
  if (before.ends_with("setenv ")) return true;
  const std::size_t option = before.rfind(" -");
  return option != std::string_view::npos && before.substr(0, option).ends_with("set") &&
         before.find(' ', option + 1) == before.size() - 1;
}

/// What follows a name: a value that is assigned to it, or the rest of a header.
std::size_t named(std::string_view text, std::size_t at, std::size_t end, Parts& out) {
  const std::string_view name = text.substr(at, end - at);
  if (text.substr(end, 1) == ":" && is_header(name))
    return credentials(text, skip_blanks(text, end + 1), out);
  std::size_t sign = end;
  if (text.substr(sign, 1) == "\"") ++sign;  // "name": "value"
  sign = skip_blanks(text, sign);
  if (is_any_of(text.substr(sign, 2), {":=", "+=", "?="})) ++sign;
  const bool assigns = text.substr(sign, 1) == "=";
  const bool maps = text.substr(sign, 1) == ":" && begins_item(text, at);
  const bool told = !assigns && !maps && is_set_by_word(text, at) && sign > end;
  if ((!assigns && !maps && !told) || name == "GOAUTH" || !names_secret(name)) return at;
  std::size_t begin = told ? sign : skip_blanks(text, sign + 1);
  if (is_scheme(text.substr(begin, until(text, begin, " \t") - begin)))
    return credentials(text, begin, out);
  const std::size_t stop = value_end(text, begin);
  if (!is_value(text, begin, stop)) return at;
  out.push_back({begin, stop});
  return stop;
}

/// A version, a date and where it was built are no secrets; any other variable may hold one.
bool is_build_mark(std::string_view variable) {
  const std::string low = lowered(variable.substr(variable.rfind('.') + 1));
  for (const std::string_view mark :
       {"version", "commit", "revision", "date", "time", "branch", "tag", "release"}) {
    if (low.ends_with(mark)) return true;
  }
  return false;
}

/// `-X main.key=value`, `-X=main.key=value`, `-X 'main.key=a value'`. Source: `go tool link`.
std::size_t linker_value(std::string_view text, std::size_t at, Parts& out) {
  std::size_t begin = at + 2;
  while (begin < text.size() &&
         std::string_view(" =\"'\\").find(text[begin]) != std::string_view::npos)
    ++begin;
  const char quote = text[begin - 1];
  const std::size_t equals = until(text, begin, "= \t\r\n\"'`,");
  if (begin == at + 2 || text.substr(equals, 1) != "=" || equals == begin) return at + 2;
  if (is_build_mark(text.substr(begin, equals - begin))) return equals;
  const bool quoted = quote == '"' || quote == '\'';
  const std::size_t end =
      until(text, equals + 1, quoted ? std::string_view(&quote, 1) : value_ends);
  if (is_value(text, equals + 1, end)) out.push_back({equals + 1, end});
  return end;
}

/// `--token value`, `--user name:password`, `-u name:password` of programs that are named with what
/// they are given, as GOAUTH does.
std::size_t option_value(std::string_view text, std::size_t at, Parts& out) {
  std::size_t end = at;
  while (end < text.size() && (is_word(text[end]) || text[end] == '-')) ++end;
  const std::size_t begin = skip_blanks(text, end);
  const std::string_view option = text.substr(at, end - at);
  const std::string name =
      lowered(option.substr(std::min(option.size(), option.find_first_not_of('-'))));
  std::size_t from = begin;
  const std::size_t stop = value_end(text, from);
  const std::string_view value = text.substr(from, stop - from);
  const bool login = is_any_of(name, {"u", "user", "proxy-user"}) &&
                     value.find("://") == value.npos && value.find(':') != value.npos;
  const bool secret =
      option.starts_with("--") && name != "key" && names_secret(name) && !value.starts_with('-');
  if (begin == end || (!login && !secret) || !is_value(text, from, stop)) return at + 1;
  out.push_back({from, stop});
  return stop;
}

}  // namespace

bool is_any_of(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), text) != words.end();
}

std::size_t until(std::string_view text, std::size_t at, std::string_view stops) {
  return std::min(text.find_first_of(stops, at), text.size());
}

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

std::size_t dashes(std::string_view text, std::size_t at, Parts& out) {
  if (text.substr(at, 2) == "-X") return linker_value(text, at, out);
  if (text.substr(at, 5) != "-----") return option_value(text, at, out);
  if (text.substr(at, 11) != "-----BEGIN ") return at + 1;
  constexpr std::string_view key = "PRIVATE KEY", dash = "-----", close = "-----END ";
  const std::size_t line = until(text, at, "\n");
  const std::size_t name = text.substr(0, line).find(key, at);
  if (name == std::string_view::npos) return at + 1;
  const std::size_t head = std::min(text.find(dash, name), text.size() - dash.size()) + dash.size();
  const std::size_t end = std::min(text.find(close, head), text.size());
  out.push_back({head, end});
  return end;
}

std::size_t word(std::string_view text, std::size_t at, Parts& out) {
  if (const std::size_t end = known_token(text, at, out); end != at) return end;
  std::size_t end = at;
  while (end < text.size() && (is_word(text[end]) || text[end] == '-')) ++end;
  const std::string_view name = text.substr(at, end - at);
  if (const std::size_t after = named(text, at, end, out); after != at) return after;
  if (const std::size_t after = login(text, at, end, out); after != at) return after;
  const std::string low = lowered(name.substr(0, 8));
  if (name.size() == low.size() && is_any_of(low, {"password", "passwd"}))
    return netrc(text, at, end, out);
  if (is_any_of(low, {"bearer", "basic"})) {
    const std::size_t next = skip_blanks(text, end), stop = token_end(text, next, 6);
    if (next > end && is_cryptic(text.substr(next, stop - next))) return credentials(text, at, out);
  }
  while (end > at && text[end - 1] == '-') --end;  // dashes may begin a form of their own
  return std::min(end, std::max(at + 1, text.find('-', at)));
}

}  // namespace gopol::dsl::secret_form
