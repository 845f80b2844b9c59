#include "providers/macho/code_signature.h"

#include <fmt/format.h>

#include <algorithm>
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

/// Where the hashes of a CodeDirectory lie and what they are of.
struct Slots {
  std::uint64_t offset = 0, count = 0, size = 0;  ///< of the hashes, in the blob
  std::uint64_t limit = 0, page = 0;              ///< of the code, bytes; no page: one hash for all
};

/// Nothing: they do not lie in the blob, or are not as many as the code has pages.
std::optional<Slots> slots_of(std::string_view blob) {
  constexpr std::uint64_t fixed = 44, has_limit_64 = 0x20300, most_log = 30;
  const auto version = big_endian(blob, 8, 4), offset = big_endian(blob, 16, 4);
  const auto special = big_endian(blob, 24, 4), count = big_endian(blob, 28, 4);
  const auto limit = big_endian(blob, 32, 4), size = big_endian(blob, 36, 1);
  const auto page_log = big_endian(blob, 39, 1);
  if (!version || !offset || !special || !count || !limit || !size || !page_log) return {};
  Slots out{*offset, *count, *size, *limit, 0};
  if (*version >= has_limit_64) {
    const auto limit_64 = big_endian(blob, 56, 8);
    if (!limit_64) return {};
    if (*limit_64 != 0) out.limit = *limit_64;
  }
  if (*page_log > most_log || *size == 0 || *offset > blob.size()) return {};
  if (*page_log > 0) out.page = std::uint64_t{1} << *page_log;
  const std::uint64_t pages =
      out.page == 0 ? (out.limit > 0 ? 1 : 0) : out.limit / out.page + (out.limit % out.page != 0);
  if (*special == 0 && *count == 0 && pages == 0) return out;  // it covers nothing
  const bool before = *offset >= fixed + *special * *size;
  const bool inside = *offset <= blob.size() && *count <= (blob.size() - *offset) / *size;
  if (!before || !inside || *count != pages) return {};
  return out;
}

std::optional<CodeIdentity> read_directory(std::string_view blob, std::uint64_t code_size) {
  constexpr std::uint64_t has_team = 0x20200;
  constexpr std::size_t cdhash_digits = 40;
  const auto slots = slots_of(blob);
  if (!slots || slots->limit > code_size) return {};
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

/// What matters of a SuperBlob.
struct Parts {
  std::string_view directory;  ///< that with the best hash
  std::string designated;
  bool has_cms = false;
};

std::optional<Parts> parts_of(std::string_view superblob) {
  const auto length = big_endian(superblob, 4, 4), count = big_endian(superblob, 8, 4);
  if (big_endian(superblob, 0, 4) != superblob_magic || !count) return {};
  if (*length > superblob.size() || *count > most_blobs) return {};
  superblob = superblob.substr(0, *length);
  Parts out;
  for (std::uint64_t i = 0; i < *count; ++i) {
    const auto type = big_endian(superblob, 12 + 8 * i, 4);
    const auto offset = big_endian(superblob, 16 + 8 * i, 4);
    if (!offset || *offset > superblob.size()) return {};
    const std::string_view blob = blob_at(superblob, *offset);
    const auto magic = big_endian(blob, 0, 4);
    const bool alternate = *type >= first_alternate && *type <= last_alternate;
    const bool is_directory = *type == directory_type || alternate;
    if (blob.empty() || (is_directory && magic != directory_magic)) return {};
    if (is_directory &&
        (out.directory.empty() || rank(hash_type(blob)) > rank(hash_type(out.directory))))
      out.directory = blob;
    if (*type == requirements_type) out.designated = designated_in(blob);
    if (*type == cms_type && magic == cms_magic) out.has_cms = blob.size() > 8;
  }
  return out;
}

std::string bytes_of_signature(const macho::Content& content, const macho::Image& image) {
  constexpr std::uint64_t most = 64 << 20;  // bytes
  if (!image.signature || image.signature->size > most) return {};
  return content.part(image.signature->offset, image.signature->size);
}

/// The digest at a slot, as far as the slot is long.
bool is_page(std::string_view page, std::string_view slot) {
  std::string digits;
  for (const char byte : slot) digits += fmt::format("{:02x}", static_cast<unsigned char>(byte));
  const std::string digest = engine::sha256(page);
  return digits.size() <= digest.size() && digits == digest.substr(0, digits.size());
}

}  // namespace

std::optional<CodeIdentity> read_signature(std::string_view superblob, std::uint64_t code_size) {
  auto parts = parts_of(superblob);
  if (!parts) return {};
  auto out = read_directory(parts->directory, code_size);
  if (!out) return {};
  out->has_certificate = parts->has_cms && (out->flags & flag_adhoc) == 0;
  out->designated = std::move(parts->designated);
  return out;
}

std::optional<CodeIdentity> read_signature(const macho::Content& content,
                                           const macho::Image& image) {
  if (!image.signature || image.signature->size == 0) return {};
  return read_signature(bytes_of_signature(content, image),
                        image.signature->offset - image.slice.begin);
}

std::optional<bool> has_intact_pages(const macho::Content& content, const macho::Image& image) {
  const std::string signature = bytes_of_signature(content, image);
  const auto parts = parts_of(signature);
  const auto slots = parts ? slots_of(parts->directory) : std::nullopt;
  const int rated = parts ? rank(hash_type(parts->directory)) : 0;
  const bool is_scattered = parts && big_endian(parts->directory, 44, 4).value_or(0) != 0 &&
                            big_endian(parts->directory, 8, 4).value_or(0) >= 0x20100;
  if (!slots || is_scattered || (rated != 2 && rated != 3)) return {};
  for (std::uint64_t i = 0; i < slots->count; ++i) {
    const std::uint64_t at = i * slots->page;
    const std::uint64_t size =
        slots->page == 0 ? slots->limit : std::min(slots->page, slots->limit - at);
    const std::string page = content.part(image.slice.begin + at, size);
    if (page.size() != size ||
        !is_page(page, parts->directory.substr(slots->offset + i * slots->size, slots->size)))
      return false;
  }
  return true;
}

std::optional<bool> has_intact_pages(const engine::Disk& disk, const dsl::Path& file) {
  const auto content = macho::content_of(disk, file);
  const auto images = macho::read_images(disk, file);
  if (!content || !images || images->empty()) return {};
  std::optional<bool> out = true;
  for (const macho::Image& image : *images) {
    const auto one = has_intact_pages(*content, image);
    if (one == false) return false;
    if (!one) out.reset();
  }
  return out;
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
