#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/host.h"

namespace gopol::providers::tcc {

/// What a code signature claims. Only Security framework can say whether it is valid.
struct CodeIdentity {
  std::string identifier;
  std::string team;              ///< empty: names none; without its certificate it proves nothing
  std::string cdhash;            ///< 40 lower-case hexadecimal digits; empty: a hash not known here
  std::uint32_t flags = 0;       ///< of the CodeDirectory
  bool has_certificate = false;  ///< a CMS signature is there; without one the code is ad-hoc
  bool operator==(const CodeIdentity&) const = default;
};

/// From the bytes of an embedded signature (a SuperBlob). Nothing: damaged, or no CodeDirectory.
/// Source: cs_blobs.h, codedirectory.h.
std::optional<CodeIdentity> read_signature(std::string_view superblob);

/// One architecture of a program.
struct Slice {
  std::uint32_t cpu = 0;                  ///< as mach/machine.h numbers it
  std::optional<CodeIdentity> signature;  ///< nothing: unsigned, or damaged
};
inline constexpr std::uint32_t cpu_arm64 = 0x0100000c, cpu_x86_64 = 0x01000007;

/// `size` bytes of a file from `offset`; fewer at its end.
using ReadPart = std::function<std::string(std::uint64_t offset, std::uint64_t size)>;

/// The slices of a Mach-O file; empty: it is none, or damaged. Reads only what it needs.
std::vector<Slice> code_slices(const ReadPart& read);
std::vector<Slice> code_slices(const engine::Disk& disk, const dsl::Path& file);

}  // namespace gopol::providers::tcc
