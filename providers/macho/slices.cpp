#include "providers/macho/slices.h"

#include <fmt/format.h>

#include <optional>
#include <span>
#include <utility>

#include "providers/read/bytes.h"

namespace gopol::providers::macho {
namespace {

constexpr std::uint32_t capabilities = 0xff000000;  // LIB64, pointer authentication
constexpr std::uint64_t too_many = 45;  // there a Java class has its version: 45 and more
constexpr std::uint64_t page = 4096;    // bytes; the load commands of most programs fit

dsl::Diagnostic damaged_slices(std::string how) { return dsl::problem("R4002", std::move(how)); }

std::uint32_t narrow(std::uint64_t number) { return static_cast<std::uint32_t>(number); }

/// Header and entries are big endian, whatever is in the slices.
dsl::Result<std::vector<Slice>> universal(const Content& content, bool is_64) {
  constexpr std::uint64_t slice_header = 8;
  const std::size_t entry = is_64 ? 32 : 20, width = is_64 ? 8 : 4;
  const std::string head = content.part(0, slice_header + too_many * entry);
  const auto count = big_endian(head, 4, 4);
  if (!count || *count == 0) return damaged_slices("a universal file without architectures");
  std::vector<Slice> out;
  if (*count >= too_many) return out;
  for (std::uint64_t i = 0; i < *count; ++i) {
    const std::uint64_t at = slice_header + i * entry;
    const auto cpu = big_endian(head, at, 4), subtype = big_endian(head, at + 4, 4);
    const auto begin = big_endian(head, at + 8, width);
    const auto size = big_endian(head, at + 8 + width, width);
    if (!cpu || !subtype || !begin || !size)
      return damaged_slices(fmt::format("the list of {} architectures is cut off", *count));
    if (*begin > content.size || *size > content.size - *begin)
      return damaged_slices(fmt::format("architecture {} lies outside of the file", i + 1));
    out.push_back({narrow(*cpu), narrow(*subtype) & ~capabilities, *begin, *size});
  }
  return out;
}

std::string from(std::string_view bytes, std::uint64_t offset, std::uint64_t size) {
  return offset > bytes.size() ? std::string() : std::string(bytes.substr(offset, size));
}

}  // namespace

Content content_of(std::string_view head, std::uint64_t file_size) {
  return {file_size,
          [head](std::uint64_t offset, std::uint64_t size) { return from(head, offset, size); }};
}

Content content_of(std::string_view bytes) { return content_of(bytes, bytes.size()); }

dsl::Result<Content> content_of(const engine::Disk& disk, const dsl::Path& file) {
  const auto status = disk.stat_target(file);
  if (!status) return status.error();
  if (status->type != engine::FileStatus::Type::regular) return content_of("");
  auto read = disk.read(file, {0, page});
  if (!read) return read.error();
  std::string head = *read ? std::move(**read) : std::string();
  return Content{status->size,
                 [&disk, file, head = std::move(head)](std::uint64_t offset, std::uint64_t size) {
                   if (offset <= head.size() && size <= head.size() - offset)
                     return from(head, offset, size);
                   auto part = disk.read(file, {offset, size});
                   return part && *part ? std::move(**part) : std::string();
                 }};
}

dsl::Result<std::vector<Slice>> slices(const Content& content) {
  constexpr std::uint64_t universal_32 = 0xcafebabe, universal_64 = 0xcafebabf;
  constexpr std::uint64_t thin_32 = 0xfeedface, thin_64 = 0xfeedfacf;
  const std::string head = content.part(0, 12);
  const auto big = big_endian(head, 0, 4), little = little_endian(head, 0, 4);
  if (big == universal_32 || big == universal_64) return universal(content, big == universal_64);
  const bool is_big = big == thin_32 || big == thin_64;
  if (!is_big && little != thin_32 && little != thin_64) return std::vector<Slice>();
  const auto number = is_big ? big_endian : little_endian;
  const auto cpu = number(head, 4, 4), subtype = number(head, 8, 4);
  if (!cpu || !subtype) return damaged_slices("the header is cut off");
  return std::vector<Slice>{{narrow(*cpu), narrow(*subtype) & ~capabilities, 0, content.size}};
}

namespace {
constexpr std::uint32_t arm64e = 2, x86_64h = 8;
}  // namespace

std::optional<std::size_t> part_that_runs(const std::vector<Slice>& parts,
                                          std::string_view machine) {
  constexpr std::string_view on_arm[] = {"arm64", "arm64e", "x86_64"};
  constexpr std::string_view on_intel[] = {"x86_64h", "x86_64"};
  const bool arm = machine == "arm64";
  const std::span<const std::string_view> wanted =
      arm ? std::span<const std::string_view>(on_arm) : std::span<const std::string_view>(on_intel);
  for (const std::string_view arch : wanted) {
    for (std::size_t i = 0; i < parts.size(); ++i)
      if (arch_name(parts[i]) == arch) return i;
  }
  return {};
}

std::string arch_name(const Slice& slice) {
  switch (slice.cpu) {
    case cpu_i386: return "i386";
    case cpu_arm: return "arm";
    case cpu_x86_64: return slice.subtype == x86_64h ? "x86_64h" : "x86_64";
    case cpu_arm64: return slice.subtype == arm64e ? "arm64e" : "arm64";
    case cpu_powerpc: return "ppc";
    case cpu_powerpc_64: return "ppc64";
    default: return fmt::format("cpu-{}", slice.cpu);
  }
}

}  // namespace gopol::providers::macho
