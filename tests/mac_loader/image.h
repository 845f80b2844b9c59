#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// A Mach-O program of one architecture in our memory. Layouts: `<mach-o/loader.h>` of macOS.
namespace gopol::mac_loader {

struct Segment {
  std::string name;
  std::uint64_t address, size, file_offset, file_size;  ///< address: as linked
};

struct Section {
  std::string segment, name;
  std::uint64_t address, size;
  std::uint8_t type;  ///< the low byte of its flags
};

inline constexpr std::uint8_t section_zero_filled = 0x01, section_initialisers = 0x09,
                              section_initialiser_offsets = 0x16, section_thread_data = 0x11,
                              section_thread_zero_filled = 0x12, section_thread_variables = 0x13;

/// A part of the file's link edit data.
struct LinkEdit {
  std::uint32_t offset = 0, size = 0;
};

struct Image {
  std::string path;
  std::span<const std::byte> file;
  std::vector<Segment> segments;
  std::vector<Section> sections;
  LinkEdit rebases, binds, weak_binds, lazy_binds, exports, chained_fixups;
  std::uint64_t entry = 0;  ///< offset of main in the file
  std::uint64_t low = 0, high = 0;
  std::uint64_t slide = 0;  ///< to be added to an address as linked

  std::span<const std::byte> part(LinkEdit where) const {
    return file.subspan(where.offset, where.size);
  }
  std::uint64_t at(std::uint64_t linked) const { return linked + slide; }
  const Section* find(std::string_view name) const;
};

/// Ends the loader with this text: what runs in it is not to be trusted from here on.
[[noreturn]] void stop(std::string_view text);

/// Reads the load commands and copies the segments to memory of their own, writable until
/// `protect`.
Image map_image(const std::string& path);

/// Gives each segment the rights that the file names. Also: text is no longer writable.
void protect(const Image& image);

/// Whether the text in memory is that of the file, and main in it.
bool runs_own_text(const Image& image);

/// Points every fixup at what it names: dyld's opcodes or its chains, whichever the file has.
class Names;
void fix_up(const Image& image, Names& names);

/// Its own names, by the address that they have in memory. Format: the export trie of dyld.
std::map<std::string, std::uint64_t> exported(const Image& image);

/// As a program of the other kinds would be refused.
bool is_mach_o(const std::string& path);

}  // namespace gopol::mac_loader
