#include "providers/tcc/code_signature.h"

#include <array>

#include "engine/sha256.h"
#include "providers/bytes.h"

namespace gopol::providers::tcc {
namespace {

constexpr std::uint64_t superblob_magic = 0xfade0cc0, directory_magic = 0xfade0c02,
                        cms_magic = 0xfade0b01;
constexpr std::uint64_t directory_type = 0, first_alternate = 0x1000, last_alternate = 0x1004,
                        cms_type = 0x10000;
constexpr std::uint64_t most_blobs = 64;
constexpr std::uint32_t adhoc_flag = 0x2;

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

/// The signature of the thin Mach-O image that fills `[begin, begin + size)` of a file.
Slice read_image(const ReadPart& read, std::uint64_t begin, std::uint64_t size) {
  constexpr std::uint64_t magic_32 = 0xfeedface, magic_64 = 0xfeedfacf, most_commands = 1 << 20,
                          most_signature = 64 << 20, signature_command = 0x1d;
  const std::string head = read(begin, 32);
  const auto magic = little_endian(head, 0, 4), cpu = little_endian(head, 4, 4);
  const auto count = little_endian(head, 16, 4), length = little_endian(head, 20, 4);
  Slice out;
  if (!length || (magic != magic_32 && magic != magic_64) || *length > most_commands) return out;
  out.cpu = static_cast<std::uint32_t>(*cpu);
  const std::string commands = read(begin + (magic == magic_64 ? 32U : 28U), *length);
  std::uint64_t at = 0;
  for (std::uint64_t i = 0; i < *count; ++i) {
    const auto command = little_endian(commands, at, 4), step = little_endian(commands, at + 4, 4);
    if (!step || *step < 8) return out;
    if (command == signature_command) {
      const auto offset = little_endian(commands, at + 8, 4);
      const auto bytes = little_endian(commands, at + 12, 4);
      if (!bytes || *bytes > most_signature || *offset > size || *bytes > size - *offset)
        return out;
      out.signature = read_signature(read(begin + *offset, *bytes));
      return out;
    }
    at += *step;
  }
  return out;
}

bool is_image(std::string_view head) {
  const auto magic = little_endian(head, 0, 4);
  return magic == 0xfeedface || magic == 0xfeedfacf;
}

}  // namespace

std::optional<CodeIdentity> read_signature(std::string_view superblob) {
  const auto length = big_endian(superblob, 4, 4), count = big_endian(superblob, 8, 4);
  if (big_endian(superblob, 0, 4) != superblob_magic || !count) return {};
  if (*length > superblob.size() || *count > most_blobs) return {};
  superblob = superblob.substr(0, *length);
  std::string_view best;
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
    if (*type == cms_type && magic == cms_magic) has_cms = blob.size() > 8;
  }
  auto out = read_directory(best);
  if (out) out->has_certificate = has_cms && (out->flags & adhoc_flag) == 0;
  return out;
}

std::vector<Slice> code_slices(const ReadPart& read) {
  constexpr std::uint64_t fat_32 = 0xcafebabe, fat_64 = 0xcafebabf;
  constexpr std::uint64_t too_many = 45;  // there a Java class has its version: 45 and more
  const std::string head = read(0, 4096);
  if (is_image(head)) return {read_image(read, 0, UINT64_MAX)};
  const auto magic = big_endian(head, 0, 4), count = big_endian(head, 4, 4);
  if ((magic != fat_32 && magic != fat_64) || !count || *count >= too_many) return {};
  const std::size_t width = magic == fat_64 ? 8 : 4, entry = magic == fat_64 ? 32 : 20;
  std::vector<Slice> out;
  for (std::uint64_t i = 0; i < *count; ++i) {
    const std::uint64_t at = 8 + i * entry;
    const auto offset = big_endian(head, at + 8, width);
    const auto size = big_endian(head, at + 8 + width, width);
    if (!offset || !size || *offset > UINT64_MAX - *size || !is_image(read(*offset, 4))) return {};
    out.push_back(read_image(read, *offset, *size));
  }
  return out;
}

std::vector<Slice> code_slices(const engine::Disk& disk, const dsl::Path& file) {
  return code_slices([&](std::uint64_t offset, std::uint64_t size) {
    auto part = disk.read(file, {offset, size});
    return part && *part ? std::move(**part) : std::string();
  });
}

}  // namespace gopol::providers::tcc
