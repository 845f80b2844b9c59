#include "providers/macho/sections.h"

#include <string>

#include "providers/read/bytes.h"

namespace gopol::providers::macho {
namespace {

constexpr std::uint64_t magic_64 = 0xfeedfacf, segment_64 = 0x19;
constexpr std::uint64_t image_header = 32, most_commands = 1 << 20;

std::string_view name_at(std::string_view bytes, std::size_t at) {
  const std::string_view field = bytes.substr(at, 16);
  return field.substr(0, field.find('\0'));
}

/// In one LC_SEGMENT_64.
std::optional<engine::Extent> in_segment(std::string_view command, std::string_view name) {
  constexpr std::size_t head = 72, entry = 80, count_at = 64;
  const auto count = little_endian(command, count_at, 4);
  if (!count) return {};
  for (std::uint64_t i = 0; i < *count && head + (i + 1) * entry <= command.size(); ++i) {
    const std::string_view one = command.substr(head + i * entry, entry);
    if (name_at(one, 0) != name.substr(0, 16)) continue;
    const auto size = little_endian(one, 40, 8), offset = little_endian(one, 48, 4);
    return engine::Extent{*offset, *size};
  }
  return {};
}

dsl::Result<std::optional<engine::Extent>> in_slice(const Content& content, const Slice& slice,
                                                    std::string_view name) {
  const std::string head = content.part(slice.begin, image_header);
  const auto magic = little_endian(head, 0, 4), count = little_endian(head, 16, 4),
             size = little_endian(head, 20, 4);
  if (magic != magic_64 || !size || *size > most_commands) return std::optional<engine::Extent>();
  const std::string commands = content.part(slice.begin + image_header, *size);
  std::string_view rest = commands;
  for (std::uint64_t i = 0; i < *count; ++i) {
    const auto kind = little_endian(rest, 0, 4), length = little_endian(rest, 4, 4);
    if (!length || *length < 8 || *length > rest.size())
      return dsl::problem("R4002", "the load commands are cut off");
    if (*kind == segment_64) {
      if (auto found = in_segment(rest.substr(0, *length), name)) {
        if (found->offset > slice.size || found->size > slice.size - found->offset)
          return dsl::problem("R4002", "a section lies outside of the file");
        found->offset += slice.begin;
        return found;
      }
    }
    rest.remove_prefix(*length);
  }
  return std::optional<engine::Extent>();
}

}  // namespace

dsl::Result<std::optional<engine::Extent>> find_section(const Content& content,
                                                        std::string_view name) {
  const auto all = slices(content);
  if (!all) return all.error();
  for (const Slice& slice : *all) {
    auto found = in_slice(content, slice, name);
    if (!found || *found) return found;
  }
  return std::optional<engine::Extent>();
}

}  // namespace gopol::providers::macho
