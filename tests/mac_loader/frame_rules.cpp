#include "tests/mac_loader/frame_rules.h"

#include <array>
#include <cstring>
#include <vector>

#include "tests/mac_loader/image.h"

namespace gopol::mac_loader {
namespace {

void put_frame_end(std::string& out, std::uint8_t base, std::uint64_t offset) {
  out += '\x0c';  // DW_CFA_def_cfa
  put_uleb(out, base);
  put_uleb(out, offset);
}

/// `down`: how many words below the end of the frame.
void put_saved(std::string& out, std::uint8_t number, std::uint64_t down) {
  out += '\x05';  // DW_CFA_offset_extended
  put_uleb(out, number);
  put_uleb(out, down);
}

#ifdef __aarch64__

constexpr std::uint32_t mode_mask = 0x0f000000, frameless = 0x02000000, dwarf = 0x03000000,
                        framed = 0x04000000;

/// Pairs of registers in the order in which they lie, from above.
std::string saved_pairs(std::uint32_t encoding, std::uint64_t down) {
  std::string out;
  constexpr struct {
    std::uint32_t bit;
    std::uint8_t number;
  } pairs[] = {{0x001, 19}, {0x002, 21}, {0x004, 23}, {0x008, 25}, {0x010, 27},
               {0x100, 72}, {0x200, 74}, {0x400, 76}, {0x800, 78}};
  for (const auto& pair : pairs) {
    if ((encoding & pair.bit) == 0) continue;
    put_saved(out, pair.number, down++);
    put_saved(out, static_cast<std::uint8_t>(pair.number + 1), down++);
  }
  return out;
}

std::string rules(std::uint32_t encoding, std::uint64_t) {
  std::string out;
  if ((encoding & mode_mask) == framed) {
    put_frame_end(out, 29, 16);
    put_saved(out, 29, 2);
    put_saved(out, 30, 1);
    return out + saved_pairs(encoding, 3);
  }
  if ((encoding & mode_mask) != frameless) stop("an unknown form of a frame");
  put_frame_end(out, 31, ((encoding >> 12) & 0xfff) * 16);
  return out + saved_pairs(encoding, 1);
}

#else

constexpr std::uint32_t mode_mask = 0x0f000000, framed = 0x01000000, frameless = 0x02000000,
                        frameless_large = 0x03000000, dwarf = 0x04000000;

/// DWARF's numbers of rbx, r12 to r15 and rbp, which the encodings count from 1.
constexpr std::array<std::uint8_t, 7> registers = {0, 3, 12, 13, 14, 15, 6};

std::string framed_rules(std::uint32_t encoding) {
  std::string out;
  put_frame_end(out, 6, 16);
  put_saved(out, 6, 2);
  put_saved(out, 16, 1);
  const std::uint64_t offset = (encoding >> 16) & 0xff;
  for (std::uint64_t i = 0; i < 5; ++i) {
    const std::uint32_t number = (encoding >> (3 * i)) & 7;
    if (number != 0) put_saved(out, registers.at(number), 2 + offset - i);
  }
  return out;
}

/// Which of six registers were pushed: a number for each arrangement of them.
std::vector<std::uint32_t> pushed(std::uint32_t count, std::uint32_t arrangement) {
  std::vector<std::uint32_t> left = {1, 2, 3, 4, 5, 6}, out;
  for (std::uint32_t i = 0; i < count; ++i) {
    std::uint32_t weight = 1;  // how many arrangements there are of those that follow
    for (std::uint32_t k = i + 1; k < count; ++k) weight *= 6 - k;
    const std::uint32_t index = arrangement / weight;
    arrangement %= weight;
    out.push_back(left.at(index));
    left.erase(left.begin() + index);
  }
  return out;
}

std::uint64_t frame_size(std::uint32_t encoding, std::uint64_t function) {
  const std::uint64_t field = (encoding >> 16) & 0xff;
  if ((encoding & mode_mask) == frameless) return field * 8;
  std::uint32_t subtracted = 0;  // the size is in the instruction that makes the frame
  std::memcpy(&subtracted, reinterpret_cast<const void*>(function + field), sizeof subtracted);
  return subtracted + 8 * ((encoding >> 13) & 7);
}

std::string rules(std::uint32_t encoding, std::uint64_t function) {
  const std::uint32_t mode = encoding & mode_mask;
  if (mode == framed) return framed_rules(encoding);
  if (mode != frameless && mode != frameless_large) stop("an unknown form of a frame");
  std::string out;
  put_frame_end(out, 7, frame_size(encoding, function));
  put_saved(out, 16, 1);
  const std::uint32_t count = (encoding >> 10) & 7;
  std::uint64_t down = 1 + count;
  for (const std::uint32_t number : pushed(count, encoding & 0x3ff)) {
    put_saved(out, registers.at(number), down--);
  }
  return out;
}

#endif

}  // namespace

std::string frame_rules(std::uint32_t encoding, std::uint64_t function) {
  const std::uint32_t mode = encoding & mode_mask;
  return mode == 0 || mode == dwarf ? std::string() : rules(encoding, function);
}

void put_uleb(std::string& out, std::uint64_t number) {
  do {
    const auto low = static_cast<unsigned char>(number & 0x7f);
    number >>= 7;
    out += static_cast<char>(number == 0 ? low : low | 0x80);
  } while (number != 0);
}

}  // namespace gopol::mac_loader
