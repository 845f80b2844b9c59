#include "engine/encoding/sha256.h"

#include <mbedtls/md.h>
#include <mbedtls/sha256.h>
#include <mbedtls/version.h>

namespace gopol::engine {

namespace {

std::string hex(std::string_view bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out;
  out.reserve(bytes.size() * 2);
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    out += digits[byte >> 4U];
    out += digits[byte & 15U];
  }
  return out;
}

}  // namespace

std::string sha256(std::string_view bytes) {
  std::string out(32, '\0');
  const auto* in = reinterpret_cast<const unsigned char*>(bytes.data());
  auto* digest = reinterpret_cast<unsigned char*>(out.data());
  // Fails only with an accelerator that is out of order; the software form always answers.
#if MBEDTLS_VERSION_MAJOR >= 3
  mbedtls_sha256(in, bytes.size(), digest, 0);
#else
  mbedtls_sha256_ret(in, bytes.size(), digest, 0);
#endif
  return hex(out);
}

std::string hmac_sha256(std::string_view key, std::string_view bytes) {
  std::string out(32, '\0');
  const auto* in = reinterpret_cast<const unsigned char*>(bytes.data());
  mbedtls_md_hmac(mbedtls_md_info_from_type(MBEDTLS_MD_SHA256),
                  reinterpret_cast<const unsigned char*>(key.data()), key.size(), in, bytes.size(),
                  reinterpret_cast<unsigned char*>(out.data()));
  return hex(out);
}

}  // namespace gopol::engine
