#include "providers/go/install/build_info.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "providers/macho/sections.h"
#include "providers/read/bytes.h"
#include "providers/read/go_text.h"

namespace gopol::providers::go {
namespace {

using dsl::Path;
using dsl::Result;
using engine::Disk;
using engine::Extent;

constexpr std::string_view magic{"\xff Go buildinf:", 14};
constexpr std::uint64_t most =
    1 << 20;  // bytes of the section; a program of many modules has 60 KiB

/// A length in 7-bit groups, the low one first, then so many bytes. Taken off the front.
std::optional<std::string_view> take_text(std::string_view& from) {
  std::uint64_t length = 0;
  for (unsigned shift = 0; shift < 63; shift += 7) {
    if (from.empty()) return {};
    const auto byte = static_cast<unsigned char>(from.front());
    from.remove_prefix(1);
    length |= static_cast<std::uint64_t>(byte & 0x7fU) << shift;
    if ((byte & 0x80U) != 0) continue;
    if (length > from.size()) return {};
    const std::string_view out = from.substr(0, length);
    from.remove_prefix(length);
    return out;
  }
  return {};
}

/// Lines `path P`, `mod M V SUM`, separated by tabs, between two marks of 16 bytes.
void read_modules(std::string_view text, BuildInfo& out) {
  constexpr std::size_t mark = 16;
  if (text.size() < 2 * mark + 1) return;
  text = text.substr(mark, text.size() - 2 * mark);
  for (const std::string_view line : split(text, '\n')) {
    const auto words = split(line, '\t');
    if (words.size() >= 2 && words[0] == "path") out.package = std::string(words[1]);
    if (words.size() >= 3 && words[0] == "mod") {
      out.module = std::string(words[1]);
      out.version = std::string(words[2]);
    }
  }
}

/// Where the two kinds of ELF keep what is needed here. Source: elf(5), Elf32_Ehdr and Elf64_Ehdr.
struct ElfLayout {
  std::size_t number;                             ///< bytes of an offset or size
  std::size_t table, entry_size, count, names;    ///< in the head of the file
  std::size_t entry, entry_offset, entry_extent;  ///< of one section
};
constexpr ElfLayout of_32_bits{4, 32, 46, 48, 50, 40, 16, 20};
constexpr ElfLayout of_64_bits{8, 40, 58, 60, 62, 64, 24, 32};

/// The section by its name; its program headers are enough for go itself, a name is for us.
std::optional<Extent> elf_section(const macho::Content& content, std::string_view head) {
  const char kind = head.size() > 5 ? head[4] : '\0';
  if (kind != 1 && kind != 2) return {};
  const ElfLayout& layout = kind == 2 ? of_64_bits : of_32_bits;
  const bool little = head[5] == 1;
  const auto number = [&](std::string_view bytes, std::size_t at, std::size_t size) {
    return (little ? little_endian(bytes, at, size) : big_endian(bytes, at, size)).value_or(0);
  };
  const std::uint64_t table = number(head, layout.table, layout.number),
                      size = number(head, layout.entry_size, 2),
                      count = number(head, layout.count, 2), names = number(head, layout.names, 2);
  constexpr std::uint64_t most_sections = 4096;
  if (size < layout.entry || size > 256 || count == 0 || count > most_sections || names >= count)
    return {};
  const std::string all = content.part(table, size * count);
  if (all.size() != size * count) return {};
  const std::string_view sections = all;
  const auto extent = [&](std::string_view section) {
    return Extent{number(section, layout.entry_offset, layout.number),
                  number(section, layout.entry_extent, layout.number)};
  };
  const Extent of_names = extent(sections.substr(names * size, size));
  const std::string texts = content.part(of_names.offset, std::min(of_names.size, most));
  for (std::uint64_t i = 0; i < count; ++i) {
    const std::string_view one = sections.substr(i * size, size);
    const std::uint64_t name = number(one, 0, 4);
    if (name >= texts.size()) continue;
    constexpr std::string_view wanted{".go.buildinfo\0", 14};
    if (std::string_view(texts).substr(name).starts_with(wanted)) return extent(one);
  }
  return {};
}

Result<std::optional<Extent>> section_of(const macho::Content& content) {
  constexpr std::uint64_t first = 4096;
  const std::string head = content.part(0, first);
  if (head.starts_with("\x7f"
                       "ELF"))
    return elf_section(content, head);
  return macho::find_section(content, "__go_buildinfo");
}

}  // namespace

std::optional<BuildInfo> parse_build_info(std::string_view section) {
  constexpr std::size_t header = 32, flags_at = 15;
  constexpr char inline_texts = 2;
  if (section.size() < header || !section.starts_with(magic)) return {};
  if ((section[flags_at] & inline_texts) == 0) return {};
  section.remove_prefix(header);
  const auto version = take_text(section);
  if (!version || version->empty() || version->front() == ' ') return {};
  BuildInfo out;
  out.go = std::string(version->substr(0, version->find(' ')));  // ` X:experiment` may follow
  if (const auto modules = take_text(section)) read_modules(*modules, out);
  return out;
}

Result<std::optional<BuildInfo>> read_build_info(const macho::Content& content) {
  const auto where = section_of(content);
  if (!where) return where.error();
  if (!*where) return std::optional<BuildInfo>();
  auto info = parse_build_info(content.part((*where)->offset, std::min((*where)->size, most)));
  if (!info)
    return dsl::problem("R4002", "what Go's linker wrote is damaged, or older than Go 1.18");
  return info;
}

Result<std::optional<BuildInfo>> read_build_info(const Disk& disk, const Path& file) {
  const auto content = macho::content_of(disk, file);
  if (!content) return content.error();
  return read_build_info(*content);
}

}  // namespace gopol::providers::go
