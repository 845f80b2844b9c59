#include "tests/mac_loader/image.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace gopol::mac_loader {
namespace {

constexpr std::uint32_t magic64 = 0xfeedfacf;
#ifdef __aarch64__
constexpr std::uint32_t own_cpu = 0x0100000c;
#else
constexpr std::uint32_t own_cpu = 0x01000007;
#endif

// mach_header_64, segment_command_64, section_64.
struct Header {
  std::uint32_t magic, cpu, subtype, type, commands, commands_size, flags, reserved;
};
struct SegmentCommand {
  std::uint32_t command, command_size;
  char name[16];
  std::uint64_t address, size, file_offset, file_size;
  std::int32_t max_rights, rights;
  std::uint32_t sections, flags;
};
struct SectionEntry {
  char name[16], segment[16];
  std::uint64_t address, size;
  std::uint32_t offset, alignment, relocations, relocation_count, flags, reserved[3];
};

template <class T>
T read_at(std::span<const std::byte> file, std::size_t offset) {
  T out;
  if (offset + sizeof out > file.size()) stop("the program is cut off");
  std::memcpy(&out, file.data() + offset, sizeof out);
  return out;
}

std::string name_of(const char (&field)[16]) { return std::string(field, ::strnlen(field, 16)); }

void read_segment(Image& image, std::size_t offset) {
  const auto command = read_at<SegmentCommand>(image.file, offset);
  image.segments.push_back({name_of(command.name), command.address, command.size,
                            command.file_offset, command.file_size});
  for (std::uint32_t i = 0; i < command.sections; ++i) {
    const auto entry = read_at<SectionEntry>(
        image.file, offset + sizeof(SegmentCommand) + i * sizeof(SectionEntry));
    image.sections.push_back({name_of(entry.segment), name_of(entry.name), entry.address,
                              entry.size, static_cast<std::uint8_t>(entry.flags & 0xff)});
  }
}

LinkEdit link_edit(const Image& image, std::size_t offset) {
  return {read_at<std::uint32_t>(image.file, offset),
          read_at<std::uint32_t>(image.file, offset + 4)};
}

void read_command(Image& image, std::uint32_t command, std::size_t offset) {
  switch (command) {
    case 0x19: return read_segment(image, offset);
    case 0x22:
    case 0x80000022:  // LC_DYLD_INFO_ONLY
      image.rebases = link_edit(image, offset + 8);
      image.binds = link_edit(image, offset + 16);
      image.weak_binds = link_edit(image, offset + 24);
      image.lazy_binds = link_edit(image, offset + 32);
      image.exports = link_edit(image, offset + 40);
      return;
    case 0x80000028: image.entry = read_at<std::uint64_t>(image.file, offset + 8); return;
    case 0x80000033: image.exports = link_edit(image, offset + 8); return;
    case 0x80000034: image.chained_fixups = link_edit(image, offset + 8); return;
    default: return;  // names libraries, tells the version, signs: nothing to be mapped
  }
}

std::span<const std::byte> file_of(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  struct stat status {};
  if (file < 0 || ::fstat(file, &status) != 0) stop(path + ": " + std::strerror(errno));
  const auto size = static_cast<std::size_t>(status.st_size);
  void* mapped = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file, 0);
  ::close(file);
  if (mapped == MAP_FAILED) stop(path + ": " + std::strerror(errno));
  return {static_cast<const std::byte*>(mapped), size};
}

/// Zeros follow the last section of each: the frames of `__eh_frame` end with one.
void copy_segments(Image& image) {
  image.low = ~std::uint64_t{0};
  for (const Segment& segment : image.segments) {
    if (segment.name == "__PAGEZERO") continue;
    image.low = std::min(image.low, segment.address);
    image.high = std::max(image.high, segment.address + segment.size);
  }
  image.high = (image.high + 0xffff) & ~std::uint64_t{0xffff};
  void* base = ::mmap(nullptr, image.high - image.low, PROT_READ | PROT_WRITE | PROT_EXEC,
                      MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (base == MAP_FAILED) stop("no memory for the program");
  image.slide = reinterpret_cast<std::uint64_t>(base) - image.low;
  for (const Segment& segment : image.segments) {
    if (segment.file_offset + segment.file_size > image.file.size()) stop("the program is cut off");
    if (segment.file_size == 0 || segment.name == "__PAGEZERO") continue;
    std::memcpy(reinterpret_cast<void*>(image.at(segment.address)),
                image.file.data() + segment.file_offset, segment.file_size);
  }
}

}  // namespace

const Section* Image::find(std::string_view name) const {
  for (const Section& section : sections) {
    if (section.name == name) return &section;
  }
  return nullptr;
}

void stop(std::string_view text) {
  std::fflush(stdout);
  std::fprintf(stderr, "mac_loader: %.*s\n", static_cast<int>(text.size()), text.data());
  std::_Exit(70);
}

Image map_image(const std::string& path) {
  Image image;
  image.path = path;
  image.file = file_of(path);
  const auto header = read_at<Header>(image.file, 0);
  if (header.magic != magic64) stop(path + " is not a Mach-O program of one architecture");
  if (header.cpu != own_cpu) stop(path + " is for another processor");
  std::size_t offset = sizeof(Header);
  for (std::uint32_t i = 0; i < header.commands; ++i) {
    read_command(image, read_at<std::uint32_t>(image.file, offset), offset);
    offset += read_at<std::uint32_t>(image.file, offset + 4);
  }
  if (image.entry == 0) stop(path + " has no LC_MAIN");
  copy_segments(image);
  return image;
}

void protect(const Image& image) {
  for (const Segment& segment : image.segments) {
    if (segment.name != "__TEXT") continue;
    const std::uint64_t size = (segment.size + 0xfff) & ~std::uint64_t{0xfff};
    if (::mprotect(reinterpret_cast<void*>(image.at(segment.address)), size,
                   PROT_READ | PROT_EXEC) != 0) {
      stop("the text of the program cannot be protected");
    }
  }
}

bool runs_own_text(const Image& image) {
  for (const Segment& segment : image.segments) {
    if (segment.name != "__TEXT") continue;
    return image.entry - segment.file_offset < segment.file_size &&
           std::memcmp(reinterpret_cast<const void*>(image.at(segment.address)),
                       image.file.data() + segment.file_offset, segment.file_size) == 0;
  }
  return false;
}

bool is_mach_o(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return false;
  std::uint32_t magic = 0;
  const bool whole = ::read(file, &magic, sizeof magic) == sizeof magic;
  ::close(file);
  return whole && magic == magic64;
}

}  // namespace gopol::mac_loader
