#include "providers/go/env/sumdb.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <vector>

#include "dsl/value/ascii.h"
#include "dsl/value/chain.h"
#include "engine/encoding/sha256.h"
#include "providers/read/lines.h"

namespace gopol::providers::go {
namespace {

constexpr std::string_view known_key =
    "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8";
constexpr char ed25519 = 1;
constexpr std::size_t ed25519_key_size = 32;

dsl::Diagnostic bad_sumdb(std::string why) {
  return dsl::problem("P2004", std::move(why),
                      "write `off`, `sum.golang.org`, or `NAME+HASH+KEY [URL]`");
}

/// Standard base64 with its padding; nothing if any byte is out of place.
std::optional<std::string> base64(std::string_view text) {
  constexpr std::string_view alphabet =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  if (text.size() % 4 != 0) return {};
  std::string out;
  for (std::size_t i = 0; i < text.size(); i += 4) {
    std::uint32_t bits = 0;
    int padding = 0;
    for (std::size_t k = 0; k < 4; ++k) {
      const char c = text[i + k];
      const bool may_pad = i + 4 == text.size() && k >= 2;
      if (c == '=' && may_pad) {
        ++padding;
        bits <<= 6U;
        continue;
      }
      const std::size_t digit = alphabet.find(c);
      if (digit == std::string_view::npos || padding > 0) return {};
      bits = bits << 6U | static_cast<std::uint32_t>(digit);
    }
    for (int k = 0; k < 3 - padding; ++k) out += static_cast<char>(bits >> (16 - 8 * k) & 0xffU);
  }
  return out;
}

/// The first four bytes of SHA-256 over name, newline and key, in hex.
std::string key_hash(std::string_view name, std::string_view key) {
  return engine::sha256(std::string(name) + "\n" + std::string(key)).substr(0, 8);
}

dsl::Result<std::string> verifier_name(std::string_view verifier) {
  const std::size_t first = verifier.find('+');
  const std::string_view name = verifier.substr(0, first);
  const std::string_view rest = first == std::string_view::npos ? "" : verifier.substr(first + 1);
  const std::size_t second = rest.find('+');
  const std::string_view hash = rest.substr(0, second);
  const auto key = base64(second == std::string_view::npos ? "" : rest.substr(second + 1));
  const bool is_hash = hash.size() == 8 &&
                       hash.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
  if (name.empty() || !is_hash || !key || key->empty()) {
    return bad_sumdb("invalid GOSUMDB: malformed verifier id");
  }
  if (key_hash(name, *key) != dsl::lowered(hash))
    return bad_sumdb("invalid GOSUMDB: invalid verifier hash");
  if (key->front() != ed25519) return bad_sumdb("invalid GOSUMDB: unknown verifier algorithm");
  if (key->size() != 1 + ed25519_key_size)
    return bad_sumdb("invalid GOSUMDB: malformed verifier id");
  return std::string(name);
}

/// No funny business in the name of a database.
bool is_host_and_path(const std::string& name) {
  const auto url = dsl::parse_url("https://" + name);
  return url && !name.ends_with('/') && !url->host.empty() && !url->has_login &&
         url->query.empty() && !url->ends_in_question_mark && url->fragment.empty() &&
         url->raw_path.empty();
}

}  // namespace

dsl::Result<std::string> sumdb_name(std::string_view value) {
  if (value == "sum.golang.google.cn") value = "sum.golang.org https://sum.golang.google.cn";
  if (value == "off") return bad_sumdb("checksum database disabled by GOSUMDB=off");
  auto parts = words_in(value, " \t\r\n\v\f");
  if (parts.empty()) return bad_sumdb("missing GOSUMDB");
  if (parts.front() == "sum.golang.org") parts.front() = known_key;
  if (parts.size() > 2) return bad_sumdb("invalid GOSUMDB: too many fields");
  auto name = verifier_name(parts.front());
  if (name && !is_host_and_path(*name))
    return bad_sumdb(fmt::format("invalid sumdb name (must be host[/path]): {}", *name));
  if (!name || parts.size() < 2) return name;
  const auto url = dsl::parse_url(parts[1]);
  if (url) return name;
  return bad_sumdb("invalid GOSUMDB URL: " + url.error().front().message.text());
}

dsl::Result<dsl::Done> check_sumdb(std::string_view value) {
  if (value == "off") return dsl::Done{};
  const auto name = sumdb_name(value);
  if (!name) return name.error();
  return dsl::Done{};
}

}  // namespace gopol::providers::go
