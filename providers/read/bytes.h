#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace gopol::providers {

/// A number of `size` bytes at `at`, big endian; nothing if the bytes end before.
inline std::optional<std::uint64_t> big_endian(std::string_view bytes, std::uint64_t at,
                                               std::size_t size) {
  if (at > bytes.size() || bytes.size() - at < size) return {};
  std::uint64_t out = 0;
  for (const char byte : bytes.substr(at, size)) out = out << 8U | static_cast<unsigned char>(byte);
  return out;
}

/// The same, little endian.
inline std::optional<std::uint64_t> little_endian(std::string_view bytes, std::uint64_t at,
                                                  std::size_t size) {
  if (at > bytes.size() || bytes.size() - at < size) return {};
  std::uint64_t out = 0;
  for (std::size_t i = size; i > 0; --i)
    out = out << 8U | static_cast<unsigned char>(bytes[at + i - 1]);
  return out;
}

}  // namespace gopol::providers
