#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "tests/mac_loader/image.h"

namespace gopol::mac_loader {

/// Reads what dyld's tables are made of: bytes, texts that end with a zero, and numbers of 7 bits a
/// byte.
class LebReader {
 public:
  explicit LebReader(std::span<const std::byte> bytes) : bytes_(bytes) {}

  bool ended() const { return at_ >= bytes_.size(); }
  void seek(std::size_t at) { at_ = at; }
  std::size_t place() const { return at_; }

  std::uint8_t byte() {
    if (ended()) stop("a table of the program is cut off");
    return std::to_integer<std::uint8_t>(bytes_[at_++]);
  }

  std::string text() {
    std::string out;
    for (std::uint8_t next = byte(); next != 0; next = byte()) out += static_cast<char>(next);
    return out;
  }

  std::uint64_t uleb() {
    std::uint64_t out = 0;
    unsigned shift = 0;
    for (;;) {
      const std::uint8_t next = byte();
      if (shift < 64) out |= std::uint64_t{next & 0x7fu} << shift;
      shift += 7;
      if ((next & 0x80) == 0) return out;
    }
  }

  std::int64_t sleb() {
    std::uint64_t out = 0;
    unsigned shift = 0;
    for (;;) {
      const std::uint8_t next = byte();
      if (shift < 64) out |= std::uint64_t{next & 0x7fu} << shift;
      shift += 7;
      if ((next & 0x80) != 0) continue;
      if (shift < 64 && (next & 0x40) != 0) out |= ~std::uint64_t{0} << shift;
      return static_cast<std::int64_t>(out);
    }
  }

 private:
  std::span<const std::byte> bytes_;
  std::size_t at_ = 0;
};

}  // namespace gopol::mac_loader
