#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/host/host.h"

/// Mach-O, the format of macOS' programs and libraries: `slices` says for which architectures a
/// file is and where each lies, `image.h` what is in one. All bytes are taken for hostile.
namespace gopol::providers::macho {

/// A file of which only the parts that matter are read.
struct Content {
  std::uint64_t size = 0;  ///< of the whole file
  /// `size` bytes from `offset`; fewer at the end.
  std::function<std::string(std::uint64_t offset, std::uint64_t size)> part;
};

/// Borrows the bytes; `file_size` if they are only the beginning of a file.
Content content_of(std::string_view bytes);
Content content_of(std::string_view head, std::uint64_t file_size);

/// Borrows the disk. Of size 0 if there is no such file, or no regular one; an error if it cannot
/// be read.
dsl::Result<Content> content_of(const engine::Disk& disk, const dsl::Path& file);

inline constexpr std::uint32_t cpu_i386 = 0x7, cpu_arm = 0xc, cpu_x86_64 = 0x01000007,
                               cpu_arm64 = 0x0100000c, cpu_powerpc = 18,
                               cpu_powerpc_64 = 0x01000012;

/// One architecture of a file.
struct Slice {
  std::uint32_t cpu = 0, subtype = 0;  ///< as mach/machine.h numbers them, without capabilities
  std::uint64_t begin = 0, size = 0;   ///< bytes of the file
  bool operator==(const Slice&) const = default;
};

/// In the file's order: one of a thin file, all of a universal one. Empty: no Mach-O file, a script
/// perhaps, a Java class, an archive of objects. An error: damaged, with how. What is in a slice is
/// not looked at. Source: mach-o/fat.h, mach-o/loader.h, lipo(1).
dsl::Result<std::vector<Slice>> slices(const Content& content);

/// As lipo(1) names it: `arm64`, `arm64e`, `x86_64`, `x86_64h`, `i386`, `arm`, `ppc`, `ppc64`;
/// others by number, `cpu-14`.
std::string arch_name(const Slice& slice);

/// Of the parts of a universal file, which the kernel of a `machine` (`arm64` or `x86_64`) starts:
/// arm64, else arm64e (only Apple's own programs have it alone), else x86_64 by Rosetta 2; x86_64h
/// before x86_64. nullopt: none; i386 and PowerPC run nowhere since macOS 10.15. Source:
/// macos-truth, section 8; xnu's grade_binary.
std::optional<std::size_t> part_that_runs(const std::vector<Slice>& parts,
                                          std::string_view machine);

}  // namespace gopol::providers::macho
