#include "engine/net/sha256_stream.h"

#include <fmt/format.h>
#include <mbedtls/version.h>

#include <array>

// 2.28 has the names with `_ret`; 3 dropped them.
#if MBEDTLS_VERSION_MAJOR >= 3
#define GOPOL_SHA256(name) mbedtls_sha256_##name
#else
#define GOPOL_SHA256(name) mbedtls_sha256_##name##_ret
#endif

namespace gopol::engine::net {

// The calls fail only with an accelerator that is out of order; the software form always answers.

Sha256Stream::Sha256Stream() {
  mbedtls_sha256_init(&context_);
  GOPOL_SHA256(starts)(&context_, 0);
}

Sha256Stream::~Sha256Stream() { mbedtls_sha256_free(&context_); }

void Sha256Stream::add(std::string_view bytes) {
  GOPOL_SHA256(update)
  (&context_, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
}

std::string Sha256Stream::hex() {
  std::array<unsigned char, 32> digest{};
  GOPOL_SHA256(finish)(&context_, digest.data());
  std::string out;
  for (const unsigned char byte : digest) out += fmt::format("{:02x}", byte);
  return out;
}

}  // namespace gopol::engine::net
