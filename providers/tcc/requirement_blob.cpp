#include "providers/tcc/requirement_blob.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

#include "providers/read/bytes.h"

namespace gopol::providers::tcc {
namespace {

using Op = Requirement::Op;
using Match = Requirement::Match;

constexpr std::uint64_t magic = 0xfade0c00;
constexpr std::uint64_t expression_kind = 1;

/// What follows an operation, in this order.
struct Shape {
  Op op;
  bool slot = false, name = false, oid = false, data = false, match = false;
  int parts = 0;
};

std::optional<Shape> shape_of(std::uint64_t opcode) {
  switch (opcode) {
    case 0: return Shape{Op::never};
    case 1: return Shape{Op::always};
    case 2: return Shape{.op = Op::identifier, .name = true};
    case 3: return Shape{Op::apple_anchor};
    case 4: return Shape{.op = Op::certificate_hash, .slot = true, .data = true};
    case 6: return Shape{.op = Op::both, .parts = 2};
    case 7: return Shape{.op = Op::either, .parts = 2};
    case 8: return Shape{.op = Op::cdhash, .data = true};
    case 9: return Shape{.op = Op::negated, .parts = 1};
    case 10: return Shape{.op = Op::info, .name = true, .match = true};
    case 11: return Shape{.op = Op::field, .slot = true, .name = true, .match = true};
    case 12: return Shape{.op = Op::trusted, .slot = true};
    case 13: return Shape{Op::all_trusted};
    case 14: return Shape{.op = Op::extension, .slot = true, .oid = true, .match = true};
    case 15: return Shape{Op::generic_anchor};
    case 16: return Shape{.op = Op::entitlement, .name = true, .match = true};
    case 17: return Shape{.op = Op::policy, .slot = true, .oid = true, .match = true};
    case 18: return Shape{.op = Op::named_anchor, .name = true};
    case 19: return Shape{.op = Op::named_code, .name = true};
    case 20: return Shape{.op = Op::platform, .slot = true};
    case 21: return Shape{Op::notarized};
    case 23: return Shape{Op::legacy};
    default: return {};
  }
}

/// 2a 86 48 86 f7 63 64 06 02 06 is 1.2.840.113635.100.6.2.6 (X.690, 8.19).
std::optional<std::string> dotted(std::string_view oid) {
  std::string out;
  std::uint64_t arc = 0;
  for (const char raw : oid) {
    const auto byte = static_cast<unsigned char>(raw);
    if (arc > UINT32_MAX) return {};
    arc = arc << 7U | (byte & 0x7fU);
    if ((byte & 0x80U) != 0) continue;
    if (out.empty()) {
      const std::uint64_t first = arc < 80 ? arc / 40 : 2;
      out = std::to_string(first);
      arc -= first * 40;
    }
    out += '.' + std::to_string(arc);
    arc = 0;
  }
  if (oid.empty() || (static_cast<unsigned char>(oid.back()) & 0x80U) != 0) return {};
  return out;
}

class Decoder {
 public:
  explicit Decoder(std::string_view code) : rest_(code) {}

  std::optional<Requirement> expression(int depth) {
    const auto opcode = number();
    const auto shape = opcode && depth < deepest_requirement ? shape_of(*opcode) : std::nullopt;
    if (!shape) return {};
    Requirement out;
    out.op = shape->op;
    if (!operands(*shape, out)) return {};
    for (int i = 0; i < shape->parts; ++i) {
      auto part = expression(depth + 1);
      if (!part) return {};
      out.parts.push_back(std::move(*part));
    }
    return out;
  }

  bool at_end() const { return rest_.empty(); }

 private:
  bool operands(const Shape& shape, Requirement& out) {
    if (shape.slot) {
      const auto slot = number();
      if (!slot) return false;
      out.slot = static_cast<std::int32_t>(*slot);
    }
    if (shape.name && !take(out.name)) return false;
    if (shape.oid) {
      std::string raw;
      const auto oid = take(raw) ? dotted(raw) : std::nullopt;
      if (!oid) return false;
      out.name = *oid;
    }
    if (shape.data && !take(out.data)) return false;
    return !shape.match || take_match(out);
  }

  bool take_match(Requirement& out) {
    constexpr std::uint64_t last_compared = 8, absent = 14;
    const auto match = number();
    if (!match || (*match > last_compared && *match != absent)) return false;
    out.match = *match == absent ? Match::absent : static_cast<Match>(*match);
    const bool compares = *match != 0 && *match != absent;
    return !compares || take(out.data);
  }

  std::optional<std::uint32_t> number() {
    const auto out = big_endian(rest_, 0, 4);
    if (!out) return {};
    rest_.remove_prefix(4);
    return static_cast<std::uint32_t>(*out);
  }

  /// A length and its bytes, filled up to a multiple of four.
  bool take(std::string& to) {
    const auto size = number();
    if (!size || *size > rest_.size()) return false;
    const std::size_t padded = (std::size_t{*size} + 3) / 4 * 4;
    if (padded > rest_.size()) return false;
    to = rest_.substr(0, *size);
    rest_.remove_prefix(padded);
    return true;
  }

  std::string_view rest_;
};

}  // namespace

std::optional<Requirement> decode_requirement(std::string_view blob) {
  constexpr std::size_t header = 12;
  if (big_endian(blob, 0, 4) != magic || big_endian(blob, 4, 4) != blob.size()) return {};
  if (big_endian(blob, 8, 4) != expression_kind) return {};
  Decoder decoder(blob.substr(header));
  auto out = decoder.expression(0);
  return out && decoder.at_end() ? std::move(out) : std::nullopt;
}

}  // namespace gopol::providers::tcc
