// Chained fixups and the export trie: `<mach-o/fixup-chains.h>` and `<mach-o/loader.h>` of macOS.
#include <cstring>
#include <vector>

#include "tests/mac_loader/image.h"
#include "tests/mac_loader/leb.h"
#include "tests/mac_loader/names.h"

namespace gopol::mac_loader {
namespace {

// dyld_chained_fixups_header, dyld_chained_starts_in_segment.
struct ChainsHeader {
  std::uint32_t version, starts_offset, imports_offset, symbols_offset, imports_count,
      imports_format, symbols_format;
};
struct SegmentStarts {
  std::uint32_t size;
  std::uint16_t page_size, pointer_format;
  std::uint64_t segment_offset;
  std::uint32_t max_valid_pointer;
  std::uint16_t page_count;
};
constexpr std::size_t starts_head = 22;  // without what pads it

constexpr std::uint16_t pointer_64 = 2, pointer_64_offset = 6, no_fixups = 0xffff;

template <class T>
T read_at(std::span<const std::byte> part, std::size_t offset, std::size_t size = sizeof(T)) {
  T out{};
  if (offset + size > part.size()) stop("the chains of fixups are cut off");
  std::memcpy(&out, part.data() + offset, size);
  return out;
}

std::string import_name(std::span<const std::byte> part, const ChainsHeader& header,
                        std::uint32_t ordinal) {
  if (header.imports_format != 1) stop("chained fixups with another form of imports");
  const auto import = read_at<std::uint32_t>(part, header.imports_offset + 4 * ordinal);
  LebReader in(part);
  in.seek(header.symbols_offset + (import >> 9));
  return in.text();
}

void fix_chain(const Image& image, std::uint64_t address, std::uint16_t format,
               const std::vector<std::uint64_t>& imports) {
  for (;;) {
    auto& word = *reinterpret_cast<std::uint64_t*>(address);
    const std::uint64_t raw = word;
    const std::uint64_t next = (raw >> 51) & 0xfff;
    if ((raw >> 63) != 0) {
      word = imports.at(raw & 0xffffff) + ((raw >> 24) & 0xff);
    } else {
      const std::uint64_t target = raw & 0xfffffffff, high = (raw >> 36) & 0xff;
      word = (format == pointer_64 ? image.at(target) : image.at(image.low + target)) | high << 56;
    }
    if (next == 0) return;
    address += next * 4;
  }
}

struct Node {
  std::size_t place;
  std::string name;
};

}  // namespace

void fix_up_chains(const Image& image, Names& names) {
  const auto part = image.part(image.chained_fixups);
  const auto header = read_at<ChainsHeader>(part, 0);
  std::vector<std::uint64_t> imports;
  for (std::uint32_t i = 0; i < header.imports_count; ++i) {
    imports.push_back(names.find(import_name(part, header, i)));
  }
  const auto segments = read_at<std::uint32_t>(part, header.starts_offset);
  for (std::uint32_t i = 0; i < segments; ++i) {
    const auto offset = read_at<std::uint32_t>(part, header.starts_offset + 4 + 4 * i);
    if (offset == 0) continue;
    const std::size_t at = header.starts_offset + offset;
    const auto starts = read_at<SegmentStarts>(part, at, starts_head);
    if (starts.pointer_format != pointer_64 && starts.pointer_format != pointer_64_offset) {
      stop("chained fixups with another form of pointers");
    }
    for (std::uint16_t page = 0; page < starts.page_count; ++page) {
      const auto first = read_at<std::uint16_t>(part, at + starts_head + 2u * page);
      if (first == no_fixups) continue;
      fix_chain(image,
                image.at(image.low) + starts.segment_offset +
                    std::uint64_t{page} * starts.page_size + first,
                starts.pointer_format, imports);
    }
  }
}

std::map<std::string, std::uint64_t> exported(const Image& image) {
  std::map<std::string, std::uint64_t> out;
  if (image.exports.size == 0) return out;
  LebReader in(image.part(image.exports));
  std::vector<Node> open{{0, ""}};
  while (!open.empty()) {
    const Node node = open.back();
    open.pop_back();
    in.seek(node.place);
    const std::uint64_t size = in.uleb();
    const std::size_t children = in.place() + size;
    if (size != 0) {
      const std::uint64_t flags = in.uleb();
      constexpr std::uint64_t elsewhere = 0x08 | 0x10;  // in another library, through a resolver
      if ((flags & elsewhere) == 0) out[node.name] = image.at(image.low + in.uleb());
    }
    in.seek(children);
    for (std::uint8_t left = in.byte(); left > 0; --left) {
      std::string name = node.name + in.text();
      open.push_back({in.uleb(), std::move(name)});
    }
  }
  return out;
}

}  // namespace gopol::mac_loader
