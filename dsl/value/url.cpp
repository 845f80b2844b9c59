#include "dsl/value/chain.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "dsl/value/ascii.h"

namespace gopol::dsl {
namespace {

/// Which part of a URL a character stands in: they allow different ones.
enum class Part { host, zone, login, path, fragment };

bool is_letter_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool is_one_of(char c, std::string_view set) { return set.find(c) != std::string_view::npos; }

/// Source: net/url.shouldEscape.
bool must_be_escaped(char c, Part part) {
  if (is_letter_or_digit(c) || is_one_of(c, "-_.~")) return false;
  if (part == Part::host || part == Part::zone) return !is_one_of(c, "!$&'()*+,;=:[]<>\"");
  if (part == Part::fragment && is_one_of(c, "!()*?")) return false;
  if (part == Part::login) return !is_one_of(c, "$&+,;=");
  return !is_one_of(c, "$&+,/:;=@");
}

std::optional<unsigned> digit_of(char c) {
  if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
  const char low = lower(c);
  if (low >= 'a' && low <= 'f') return static_cast<unsigned>(low - 'a' + 10);
  return {};
}

/// A part that was read, or why it cannot be.
struct Read {
  std::string text, error;
};

/// The two digits after `%` may stand for anything in a path, for little in a host.
std::string escape_error(std::string_view escape, Part part) {
  const auto high = escape.size() == 3 ? digit_of(escape[1]) : std::nullopt;
  const auto low = escape.size() == 3 ? digit_of(escape[2]) : std::nullopt;
  bool good = high && low;
  const bool is_percent = escape == "%25";
  if (good && part == Part::host) good = *high >= 8 || is_percent;
  if (good && part == Part::zone) {
    const char c = static_cast<char>(*high * 16 + *low);
    good = is_percent || c == ' ' || !must_be_escaped(c, Part::host);
  }
  return good ? "" : "invalid URL escape " + go_quoted(escape);
}

/// Source: net/url.unescape.
Read unescaped(std::string_view text, Part part) {
  Read out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '%') {
      const std::string_view escape = text.substr(i, 3);
      out.error = escape_error(escape, part);
      if (!out.error.empty()) return out;
      out.text += static_cast<char>(*digit_of(escape[1]) * 16 + *digit_of(escape[2]));
      i += 2;
      continue;
    }
    const bool in_host = part == Part::host || part == Part::zone;
    if (in_host && static_cast<unsigned char>(c) < 0x80 && must_be_escaped(c, part)) {
      out.error = "invalid character " + go_quoted(text.substr(i, 1)) + " in host name";
      return out;
    }
    out.text += c;
  }
  return out;
}

bool is_port(std::string_view text) {
  return text.empty() ||
         (text.front() == ':' && text.find_first_not_of("0123456789", 1) == std::string_view::npos);
}

std::string port_error(std::string_view text) {
  return is_port(text) ? "" : fmt::format("invalid port {} after host", go_quoted(text));
}

/// `[fe80::1%25en0]:80`
Read literal_host(std::string_view text) {
  const std::size_t close = text.rfind(']');
  if (close == std::string_view::npos) return {{}, "missing ']' in host"};
  if (std::string why = port_error(text.substr(close + 1)); !why.empty()) return {{}, why};
  const std::string_view name = text.substr(1, close - 1);
  const std::size_t zone = std::min(name.find("%25"), name.size());
  Read address = unescaped(name.substr(0, zone), Part::host);
  const Read scope = unescaped(name.substr(zone), Part::zone);
  if (!address.error.empty() || !scope.error.empty())
    return {{}, address.error.empty() ? scope.error : address.error};
  const bool is_address =
      address.text.find(':') != std::string::npos &&
      address.text.find_first_not_of("0123456789abcdefABCDEF:.") == std::string::npos;
  if (!is_address) {
    return {
        {},
        fmt::format("invalid host: ParseAddr({}): unable to parse IP", go_quoted(address.text))};
  }
  return {"[" + address.text + scope.text + "]" + std::string(text.substr(close + 1)), {}};
}

/// Source: net/url.parseHost.
Read host_of(std::string_view scheme, std::string_view text) {
  const std::size_t bracket = text.rfind('[');
  if (bracket == 0) return literal_host(text);
  if (bracket != std::string_view::npos) return {{}, "invalid IP-literal"};
  const bool is_strict = scheme == "http" || scheme == "https";
  const std::size_t colon = is_strict ? text.find(':') : text.rfind(':');
  if (colon != std::string_view::npos) {
    if (std::string why = port_error(text.substr(colon)); !why.empty()) return {{}, why};
  }
  return unescaped(text, Part::host);
}

bool is_login(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    return is_letter_or_digit(c) || is_one_of(c, "-._:~!$&'()*+,;=%@");
  });
}

std::string read_authority(std::string_view text, Url& out) {
  const std::size_t at = text.rfind('@');
  out.has_login = at != std::string_view::npos;
  Read host = host_of(out.scheme, out.has_login ? text.substr(at + 1) : text);
  if (!host.error.empty()) return host.error;
  out.host = std::move(host.text);
  if (!out.has_login) return {};
  out.login = text.substr(0, at);
  if (!is_login(out.login)) return "net/url: invalid userinfo";
  return unescaped(out.login, Part::login).error;
}

/// What precedes the colon; empty: none. Error: a colon that nothing precedes.
Read scheme_of(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool letter = lower(c) >= 'a' && lower(c) <= 'z';
    if (letter || (i > 0 && (is_letter_or_digit(c) || is_one_of(c, "+-.")))) continue;
    if (c == ':' && i == 0) return {{}, "missing protocol scheme"};
    return {c == ':' ? std::string(text.substr(0, i)) : std::string(), {}};
  }
  return {};
}

void take_query(std::string_view& rest, Url& out) {
  const std::size_t mark = rest.find('?');
  if (mark == std::string_view::npos) return;
  out.ends_in_question_mark = mark + 1 == rest.size();
  out.query = rest.substr(mark + 1);
  rest = rest.substr(0, mark);
}

std::string escaped(std::string_view text, Part part) {
  std::string out;
  for (const char c : text) {
    const bool plain = !must_be_escaped(c, part);
    out += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return out;
}

/// Fills `out`; the reason if that cannot be done. Source: net/url.parse, setPath.
std::string read_url(std::string_view text, Url& out) {
  const bool control = std::any_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
  });
  if (control) return "net/url: invalid control character in URL";
  Read scheme = scheme_of(text);
  if (!scheme.error.empty()) return scheme.error;
  std::string_view rest = text;
  if (!scheme.text.empty()) rest.remove_prefix(scheme.text.size() + 1);
  out.scheme = lowered(scheme.text);
  take_query(rest, out);
  if (!rest.starts_with('/')) {
    if (!out.scheme.empty()) {
      out.opaque = rest;
      return {};
    }
    if (rest.substr(0, rest.find('/')).find(':') != std::string_view::npos)
      return "first path segment in URL cannot contain colon";
  }
  const bool named = rest.starts_with("//") && (!out.scheme.empty() || !rest.starts_with("///"));
  if (named) {
    const std::string_view authority = rest.substr(2, rest.find('/', 2) - 2);
    if (std::string why = read_authority(authority, out); !why.empty()) return why;
    rest.remove_prefix(2 + authority.size());
  } else {
    out.omits_host = !out.scheme.empty();
  }
  Read path = unescaped(rest, Part::path);
  out.path = std::move(path.text);
  if (escaped(out.path, Part::path) != rest) out.raw_path = rest;
  return path.error;
}

/// Source: net/url.validEncoded.
bool is_valid_path(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    return is_one_of(c, "!$&'()*+,;=:@[]%") || !must_be_escaped(c, Part::path);
  });
}

}  // namespace

std::string go_quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    constexpr std::string_view named = "\a\b\f\n\r\t\v", letters = "abfnrtv";
    if (const std::size_t at = named.find(c); at != std::string_view::npos) {
      (out += '\\') += letters[at];
    } else if (c == '"' || c == '\\') {
      (out += '\\') += c;
    } else if (byte < 0x20 || byte == 0x7f) {
      out += fmt::format("\\x{:02x}", byte);
    } else {
      out += c;
    }
  }
  return out + "\"";
}

Result<Url> parse_url(std::string_view text) {
  const std::string_view front = text.substr(0, text.find('#'));
  Url out;
  std::string why = read_url(front, out);
  std::string_view shown = front;
  if (why.empty() && front.size() < text.size()) {
    Read fragment = unescaped(text.substr(front.size() + 1), Part::fragment);
    out.fragment = std::move(fragment.text);
    why = std::move(fragment.error);
    shown = text;
  }
  if (!why.empty()) return problem("P2004", fmt::format("parse {}: {}", go_quoted(shown), why));
  return out;
}

std::string redacted(const Url& url) {
  std::string out = url.scheme.empty() ? "" : url.scheme + ":";
  if (!url.opaque.empty()) {
    out += url.opaque;
  } else {
    if (!url.scheme.empty() || !url.host.empty() || url.has_login) {
      const bool omitted = url.omits_host && url.host.empty() && !url.has_login;
      if (!omitted && (!url.host.empty() || !url.path.empty() || url.has_login)) out += "//";
      const std::size_t colon = url.login.find(':');
      if (url.has_login)
        out += url.login.substr(0, colon) + (colon == std::string::npos ? "@" : ":xxxxx@");
      out += escaped(url.host, Part::host);
    }
    const bool as_written = !url.raw_path.empty() && is_valid_path(url.raw_path);
    out += as_written ? url.raw_path : escaped(url.path, Part::path);
  }
  if (!url.query.empty() || url.ends_in_question_mark) out += "?" + url.query;
  if (!url.fragment.empty()) out += "#" + escaped(url.fragment, Part::fragment);
  return out;
}

}  // namespace gopol::dsl
