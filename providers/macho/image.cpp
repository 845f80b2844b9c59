#include "providers/macho/image.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <utility>

#include "providers/read/bytes.h"

namespace gopol::providers::macho {
namespace {

// Load commands, by their numbers in mach-o/loader.h; dyld refuses an image if it does not know one
// that has the highest bit.
constexpr std::uint64_t must_know = 0x80000000;
enum Command : std::uint64_t {
  load_library = 0xc,
  load_weak_library = 0x18 | must_know,
  uuid = 0x1b,
  run_path = 0x1c | must_know,
  code_signature = 0x1d,
  reexport_library = 0x1f | must_know,
  load_lazy_library = 0x20,
  load_upward_library = 0x23 | must_know,
  oldest_macos = 0x24,
  oldest_ios = 0x25,
  build_version = 0x32
};

dsl::Diagnostic damaged(std::string how) { return dsl::problem("R4002", std::move(how)); }

/// 16 bits, 8, 8; the last is left out if it is 0, as Apple's tools do.
std::optional<dsl::Version> version(std::uint64_t packed) {
  if (packed == 0) return {};
  std::string text = fmt::format("{}.{}", packed >> 16U, packed >> 8U & 0xffU);
  if ((packed & 0xffU) != 0) text += fmt::format(".{}", packed & 0xffU);
  return dsl::Version{std::move(text), dsl::VersionScheme::apple};
}

/// A text whose place is at `at` of a command, and which ends inside of it.
std::optional<std::string> text_of(std::string_view command, std::uint64_t at) {
  const auto begin = little_endian(command, at, 4);
  if (!begin || *begin >= command.size()) return {};
  const std::size_t end = command.find('\0', *begin);
  if (end == std::string_view::npos) return {};
  return std::string(command.substr(*begin, end - *begin));
}

std::optional<std::string> uuid_of(std::string_view command) {
  if (command.size() < 24) return {};
  std::string out;
  for (std::size_t i = 0; i < 16; ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) out += '-';
    out += fmt::format("{:02X}", static_cast<unsigned char>(command[8 + i]));
  }
  return out;
}

bool add_build(Image& out, std::optional<std::uint64_t> platform, std::string_view command,
               std::uint64_t at) {
  const auto minos = little_endian(command, at, 4), sdk = little_endian(command, at + 4, 4);
  if (!platform || !minos || !sdk) return false;
  out.builds.push_back({static_cast<std::uint32_t>(*platform), version(*minos), version(*sdk)});
  return true;
}

bool add_library(Image& out, std::string_view command, bool is_weak) {
  auto name = text_of(command, 8);
  if (name) out.libraries.push_back({std::move(*name), is_weak});
  return name.has_value();
}

bool add_run_path(Image& out, std::string_view command) {
  auto path = text_of(command, 8);
  if (path) out.run_paths.push_back(std::move(*path));
  return path.has_value();
}

/// Its place counts from the slice's begin. Of one that does not lie in the slice nothing is kept:
/// no part of it is a signature.
bool add_signature(Image& out, std::string_view command) {
  const auto offset = little_endian(command, 8, 4), size = little_endian(command, 12, 4);
  if (!offset || !size) return false;
  const bool inside = *offset <= out.slice.size && *size <= out.slice.size - *offset;
  out.signature = inside ? engine::Extent{out.slice.begin + *offset, *size} : engine::Extent{0, 0};
  return true;
}

/// False: the command is too short for what it has to say.
bool add(Image& out, std::uint64_t number, std::string_view command) {
  switch (number) {
    case load_library:
    case reexport_library:
    case load_lazy_library:
    case load_upward_library: return add_library(out, command, false);
    case load_weak_library: return add_library(out, command, true);
    case run_path: return add_run_path(out, command);
    case code_signature: return add_signature(out, command);
    case build_version: return add_build(out, little_endian(command, 8, 4), command, 12);
    case oldest_macos: return add_build(out, platform_macos, command, 8);
    case oldest_ios: return add_build(out, platform_ios, command, 8);
    case uuid: {
      auto text = uuid_of(command);
      if (text) out.uuid = std::move(*text);
      return text.has_value();
    }
    default: return true;
  }
}

Image::Form form_of(std::string_view head) {
  const auto magic = big_endian(head, 0, 4);
  if (head.starts_with("!<arch>\n")) return Image::Form::archive;
  const bool is_big = magic == 0xfeedfaceU || magic == 0xfeedfacfU;
  return is_big ? Image::Form::big_endian : Image::Form::image;
}

}  // namespace

dsl::Result<Image> read_image(const Content& content, const Slice& slice) {
  constexpr std::uint64_t thin_32 = 0xfeedface, thin_64 = 0xfeedfacf, most = 1 << 20;  // bytes
  const auto part = [&](std::uint64_t at, std::uint64_t size) {  // never outside of the slice
    if (at >= slice.size) return std::string();
    return content.part(slice.begin + at, std::min(size, slice.size - at));
  };
  const std::string head = part(0, 28);
  Image out;
  out.slice = slice;
  out.form = form_of(head);
  if (out.form != Image::Form::image) return out;
  const auto magic = little_endian(head, 0, 4), type = little_endian(head, 12, 4);
  const auto count = little_endian(head, 16, 4), size = little_endian(head, 20, 4);
  if (magic != thin_32 && magic != thin_64) return damaged("an architecture is no Mach-O image");
  if (!type || !count || !size) return damaged("the header is cut off");
  if (*size > most) return damaged(fmt::format("{} bytes of load commands are too many", *size));
  const std::string commands = part(magic == thin_64 ? 32U : 28U, *size);
  if (commands.size() < *size) return damaged("the load commands are cut off");
  out.type = static_cast<FileType>(*type);
  std::string_view rest = commands;
  for (std::uint64_t i = 0; i < *count; ++i) {
    const auto number = little_endian(rest, 0, 4), step = little_endian(rest, 4, 4);
    if (!step || *step < 8 || *step > rest.size() || !add(out, *number, rest.substr(0, *step)))
      return damaged(fmt::format("load command {} of {} is damaged", i + 1, *count));
    rest.remove_prefix(*step);
  }
  return out;
}

dsl::Result<std::vector<Image>> read_images(const engine::Disk& disk, const dsl::Path& file) {
  const auto content = content_of(disk, file);
  if (!content) return content.error();
  const auto named = [&](const dsl::Diagnostics& why) {
    return damaged(fmt::format("`{}` is damaged: {}", file.text, why.front().message));
  };
  const auto parts = slices(*content);
  if (!parts) return named(parts.error());
  std::vector<Image> out;
  for (const Slice& slice : *parts) {
    auto image = read_image(*content, slice);
    if (!image) return named(image.error());
    out.push_back(std::move(*image));
  }
  return out;
}

}  // namespace gopol::providers::macho
