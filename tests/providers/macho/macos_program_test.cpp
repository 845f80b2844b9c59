// What `./dev macos` built is what a Mac wants, as far as its file tells; read with gopol's own
// reader.
#include <algorithm>
#include <cstdio>
#include <filesystem>

#include "engine/real/real_disk.h"
#include "providers/macho/code_signature.h"
#include "providers/macho/image.h"
#include "tests/catch.h"

namespace fs = std::filesystem;
using namespace gopol;
using namespace gopol::providers;

namespace {

const dsl::Version oldest{"13.0", dsl::VersionScheme::apple};

/// Those that every Mac has, whatever is installed. They need not exist as files.
bool is_macs_own(const macho::Library& library) {
  return library.name.starts_with("/usr/lib/") || library.name.starts_with("/System/");
}

void check_program(const dsl::Path& file, const std::string& arch) {
  const auto disk = engine::real_disk();
  const auto content = macho::content_of(*disk, file);
  const auto images = macho::read_images(*disk, file);
  REQUIRE(content);
  REQUIRE(images);
  REQUIRE(images->size() == 1);
  const macho::Image& image = images->front();
  CHECK(macho::arch_name(image.slice) == arch);
  CHECK(image.type == macho::FileType::program);
  REQUIRE(image.builds.size() == 1);
  CHECK(image.builds[0].platform == macho::platform_macos);
  CHECK(image.builds[0].minos == oldest);
  CHECK(image.builds[0].sdk.has_value());
  CHECK(image.uuid.size() == 36);
  CHECK(image.uuid != "00000000-0000-0000-0000-000000000000");
  CHECK(!image.libraries.empty());  // libSystem at least: nothing starts without
  for (const macho::Library& library : image.libraries) {
    CAPTURE(library.name);
    CHECK(is_macs_own(library));
  }
  CHECK(image.run_paths.empty());
  if (arch != "arm64") return;  // Intel's kernel starts unsigned code too
  const auto signature = tcc::read_signature(*content, image);
  REQUIRE(signature);
  CHECK((signature->flags & tcc::flag_adhoc) != 0);
  CHECK(!signature->has_certificate);
  CHECK(!signature->cdhash.empty());
}

}  // namespace

TEST_CASE("the programs built for a Mac are signed, stamped and need nothing a Mac has not") {
  for (const std::string arch : {"arm64", "x86_64"}) {
    for (const std::string name : {"gopol", "gopol-net", "gopol-git"}) {
      const fs::path file = fs::path(GOPOL_SOURCE_DIR) / ("build-macos-" + arch) / name;
      CAPTURE(file.string());
      if (!fs::exists(file)) {
        std::printf("skipped: %s (not built; ./dev macos %s)\n", file.c_str(), arch.c_str());
        continue;
      }
      check_program(dsl::Path(file.string()), arch);
    }
  }
}
