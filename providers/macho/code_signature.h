#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/host/host.h"
#include "providers/macho/image.h"

namespace gopol::providers::tcc {

/// What a code signature claims. Only Security framework can say whether it is valid.
struct CodeIdentity {
  std::string identifier;
  std::string team;              ///< empty: names none; without its certificate it proves nothing
  std::string cdhash;            ///< 40 lower-case hexadecimal digits; empty: a hash not known here
  std::uint32_t flags = 0;       ///< of the CodeDirectory
  bool has_certificate = false;  ///< a CMS signature is there; without one the code is ad-hoc
  std::string designated = {};   ///< the embedded requirement, compiled; empty: implicit
  bool operator==(const CodeIdentity&) const = default;
};

/// Flags of a CodeDirectory. `linker_signed`: made by a linker, which the next signer replaces.
inline constexpr std::uint32_t flag_adhoc = 0x2, flag_runtime = 0x10000,
                               flag_linker_signed = 0x20000;

/// From the bytes of an embedded signature (a SuperBlob) of code whose first `code_size` bytes come
/// before it. Nothing: damaged, or no CodeDirectory that fits: its slots lie in it and cover the
/// code. Source: cs_blobs.h, codedirectory.h.
std::optional<CodeIdentity> read_signature(std::string_view superblob, std::uint64_t code_size);

/// The signature embedded in an image. Nothing: unsigned, or damaged.
std::optional<CodeIdentity> read_signature(const macho::Content& content,
                                           const macho::Image& image);

/// Whether every page of the code has the hash that its CodeDirectory says. nullopt: no signature,
/// or one whose hashes are not known here. Reads all of the image.
std::optional<bool> has_intact_pages(const macho::Content& content, const macho::Image& image);

/// The same of all architectures of a file: false if a page of any was changed.
std::optional<bool> has_intact_pages(const engine::Disk& disk, const dsl::Path& file);

/// One architecture of a program.
struct Slice {
  std::uint32_t cpu = 0;                  ///< as mach/machine.h numbers it
  std::optional<CodeIdentity> signature;  ///< nothing: unsigned, or damaged
};

/// The slices of a Mach-O file; empty: it is none, or damaged. Reads only what it needs.
std::vector<Slice> code_slices(const macho::Content& content);
std::vector<Slice> code_slices(const engine::Disk& disk, const dsl::Path& file);

}  // namespace gopol::providers::tcc
