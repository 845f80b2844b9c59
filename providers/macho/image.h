#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "dsl/value/version.h"
#include "providers/macho/slices.h"

namespace gopol::providers::macho {

/// What a file is for; others than these exist.
enum class FileType : std::uint32_t {
  object = 1,
  program = 2,
  library = 6,
  linker = 7,
  bundle = 8,
  symbols = 10
};

/// Numbers of systems, as LC_BUILD_VERSION has them.
inline constexpr std::uint32_t platform_macos = 1, platform_ios = 2, platform_catalyst = 6;

/// For which system an image was built; a version that the linker left 0 is not there.
struct Build {
  std::uint32_t platform = 0;
  std::optional<dsl::Version> minos;  ///< dyld refuses the image on an older system
  std::optional<dsl::Version> sdk;
  bool operator==(const Build&) const = default;
};

/// A library that an image needs.
struct Library {
  std::string name;      ///< as written: an absolute path, or one from @rpath, @loader_path, …
  bool is_weak = false;  ///< the image also starts without it
  bool operator==(const Library&) const = default;
};

/// What the header and the load commands of one architecture say.
struct Image {
  /// An archive of objects (a static library), or an image for a big-endian processor (PowerPC), is
  /// not damaged; nothing in it is looked at.
  enum class Form { image, archive, big_endian };
  Slice slice;
  Form form = Form::image;
  FileType type = FileType::object;
  std::vector<Build> builds;       ///< several if it serves macOS and Catalyst; empty: not stamped
  std::string uuid;                ///< 8-4-4-4-12 upper-case digits, as dwarfdump prints; or empty
  std::vector<Library> libraries;  ///< in the file's order, which dyld binds by
  std::vector<std::string> run_paths;       ///< what @rpath stands for
  std::optional<engine::Extent> signature;  ///< of the file; empty: outside; nothing: unsigned
};

/// An error: damaged, with how. Source: mach-o/loader.h.
dsl::Result<Image> read_image(const Content& content, const Slice& slice);

/// All architectures of a file; empty: not there, or no Mach-O file. One damaged is an error, which
/// names the file. Reads no more than the load commands.
dsl::Result<std::vector<Image>> read_images(const engine::Disk& disk, const dsl::Path& file);

}  // namespace gopol::providers::macho
