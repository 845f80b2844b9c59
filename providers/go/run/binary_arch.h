#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/host/host.h"

namespace gopol::providers::go {

/// How many bytes of a program `binary_archs` wants to see.
inline constexpr std::uint64_t binary_head = 4096;

/// What a program is built for, in Go's names (`arm64`, `amd64`, `386`, `arm`; others as the format
/// numbers them, `cpu-12`): one for a thin Mach-O or an ELF file, several for a universal Mach-O,
/// in the file's order. Empty: neither, or damaged. `file_size` guards against Java classes, which
/// begin as universal files do. Source: mach-o/loader.h, mach-o/fat.h, elf(5).
std::vector<std::string> binary_archs(std::string_view head, std::uint64_t file_size);

/// The same of a file; empty also if it is not there.
std::vector<std::string> binary_archs(const engine::Disk& disk, const dsl::Path& file);

}  // namespace gopol::providers::go
