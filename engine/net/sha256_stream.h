#pragma once

#include <mbedtls/sha256.h>

#include <string>
#include <string_view>

namespace gopol::engine::net {

/// SHA-256 of bytes that come piece by piece.
class Sha256Stream {
 public:
  Sha256Stream();
  Sha256Stream(const Sha256Stream&) = delete;
  Sha256Stream& operator=(const Sha256Stream&) = delete;
  ~Sha256Stream();

  void add(std::string_view bytes);
  std::string hex();  ///< 64 lower-case digits; the end of it

 private:
  mbedtls_sha256_context context_;
};

}  // namespace gopol::engine::net
