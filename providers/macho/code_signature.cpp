#include "providers/macho/code_signature.h"

#include <array>
#include <utility>

#include "engine/encoding/sha256.h"
#include "providers/read/bytes.h"

namespace gopol::providers::tcc {
namespace {

constexpr std::uint64_t superblob_magic = 0xfade0cc0, directory_magic = 0xfade0c02,
                        requirements_magic = 0xfade0c01, cms_magic = 0xfade0b01;
constexpr std::uint64_t directory_type = 0, requirements_type = 2, designated_type = 3,
                        first_alternate = 0x1000, last_alternate = 0x1004, cms_type = 0x10000;
constexpr std::uint64_t most_blobs = 64;

/// The blob at `offset`, by the length that it names itself.
std::string_view blob_at(std::string_view superblob, std::uint64_t offset) {
  const auto length = big_endian(superblob, offset + 4, 4);
  if (!length || *length < 8 || *length > superblob.size() - offset) return {};
  return superblob.substr(offset, *length);
}

/// A text that ends with a NUL inside the blob.
std::optional<std::string> text_at(std::string_view blob, std::uint64_t offset) {
  if (offset >= blob.size()) return {};
  const std::size_t end = blob.find('\0', offset);
  if (end == std::string_view::npos) return {};
  return std::string(blob.substr(offset, end - offset));
}

/// SHA-384 before SHA-256 before its short form before SHA-1.
int rank(std::uint64_t hash_type) {
  switch (hash_type) {
    case 1: return 1;
    case 2: return 3;
    case 3: return 2;
    case 4: return 4;
    default: return 0;
  }
}

std::uint64_t hash_type(std::string_view directory) {
  return big_endian(directory, 37, 1).value_or(0);
}

std::optional<CodeIdentity> read_directory(std::string_view blob) {
  constexpr std::uint64_t has_team = 0x20200;
  constexpr std::size_t cdhash_digits = 40;
  const auto version = big_endian(blob, 8, 4), flags = big_endian(blob, 12, 4);
  const auto name_at = big_endian(blob, 20, 4);
  auto name = name_at ? text_at(blob, *name_at) : std::nullopt;
  if (!version || !flags || !name || rank(hash_type(blob)) == 0) return {};
  CodeIdentity out;
  out.identifier = std::move(*name);
  out.flags = static_cast<std::uint32_t>(*flags);
  if (*version >= has_team) {
    const auto team_at = big_endian(blob, 48, 4);
    if (!team_at) return {};
    if (*team_at != 0) {
      auto team = text_at(blob, *team_at);
      if (!team) return {};
      out.team = std::move(*team);
    }
  }
  const int rated = rank(hash_type(blob));
  if (rated == 2 || rated == 3) out.cdhash = engine::sha256(blob).substr(0, cdhash_digits);
  return out;
}

/// Of a set of requirements the one by which others shall know this code.
std::string designated_in(std::string_view set) {
  const auto count = big_endian(set, 8, 4);
  if (big_endian(set, 0, 4) != requirements_magic || !count || *count > most_blobs) return {};
  for (std::uint64_t i = 0; i < *count; ++i) {
    const auto type = big_endian(set, 12 + 8 * i, 4), offset = big_endian(set, 16 + 8 * i, 4);
    if (type == designated_type && offset && *offset < set.size())
      return std::string(blob_at(set, *offset));
  }
  return {};
}

}  // namespace

std::optional<CodeIdentity> read_signature(std::string_view superblob) {
  const auto length = big_endian(superblob, 4, 4), count = big_endian(superblob, 8, 4);
  if (big_endian(superblob, 0, 4) != superblob_magic || !count) return {};
  if (*length > superblob.size() || *count > most_blobs) return {};
  superblob = superblob.substr(0, *length);
  std::string_view best;
  std::string designated;
  bool has_cms = false;
  for (std::uint64_t i = 0; i < *count; ++i) {
    const auto type = big_endian(superblob, 12 + 8 * i, 4);
    const auto offset = big_endian(superblob, 16 + 8 * i, 4);
    if (!offset || *offset > superblob.size()) return {};
    const std::string_view blob = blob_at(superblob, *offset);
    const auto magic = big_endian(blob, 0, 4);
    const bool alternate = *type >= first_alternate && *type <= last_alternate;
    if ((*type == directory_type || alternate) && magic == directory_magic) {
      if (best.empty() || rank(hash_type(blob)) > rank(hash_type(best))) best = blob;
    }
    if (*type == requirements_type) designated = designated_in(blob);
    if (*type == cms_type && magic == cms_magic) has_cms = blob.size() > 8;
  }
  auto out = read_directory(best);
  if (!out) return {};
  out->has_certificate = has_cms && (out->flags & flag_adhoc) == 0;
  out->designated = std::move(designated);
  return out;
}

std::optional<CodeIdentity> read_signature(const macho::Content& content,
                                           const macho::Image& image) {
  constexpr std::uint64_t most = 64 << 20;  // bytes
  if (!image.signature || image.signature->size > most) return {};
  return read_signature(content.part(image.signature->offset, image.signature->size));
}

std::vector<Slice> code_slices(const macho::Content& content) {
  const auto slices = macho::slices(content);
  if (!slices) return {};
  std::vector<Slice> out;
  for (const macho::Slice& slice : *slices) {
    const auto image = macho::read_image(content, slice);
    if (!image) return {};
    out.push_back({slice.cpu, read_signature(content, *image)});
  }
  return out;
}

std::vector<Slice> code_slices(const engine::Disk& disk, const dsl::Path& file) {
  const auto content = macho::content_of(disk, file);
  return content ? code_slices(*content) : std::vector<Slice>();
}

}  // namespace gopol::providers::tcc
