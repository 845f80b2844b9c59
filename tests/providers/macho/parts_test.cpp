#include "providers/macho/code_signature.h"
#include "providers/macho/image.h"
#include "tests/catch.h"
#include "tests/table.h"

using namespace gopol;
using namespace gopol::tests;
using namespace gopol::providers;

namespace {

constexpr std::uint32_t arm64e = 2, x86_64h = 8;

std::vector<macho::Slice> parts(const std::vector<std::pair<std::uint32_t, std::uint32_t>>& all) {
  std::vector<macho::Slice> out;
  for (const auto& [cpu, subtype] : all) out.push_back({cpu, subtype, 0, 0});
  return out;
}

/// The bytes with these, big endian or not, at a place.
std::string with(std::string bytes, std::size_t at, std::uint32_t number, bool big) {
  for (std::size_t i = 0; i < 4; ++i)
    bytes[at + (big ? 3 - i : i)] = static_cast<char>(number >> 8 * i & 0xffU);
  return bytes;
}

struct Signed {
  std::string bytes = read_file(truth_path("tcc/codesig/arm64-linker-signed.macho"));
  std::size_t command = 0, directory = 0;  ///< LC_CODE_SIGNATURE, the CodeDirectory
  Signed() {
    command = bytes.find(std::string("\x1d\0\0\0\x10\0\0\0", 8));
    directory = bytes.find("\xfa\xde\x0c\x02");
  }
};

std::optional<tcc::CodeIdentity> signature_of(const std::string& bytes) {
  const auto slices = tcc::code_slices(macho::content_of(bytes));
  return slices.size() == 1 ? slices.front().signature : std::nullopt;
}

}  // namespace

TEST_CASE("of a universal file the part is described that this machine would run") {
  using namespace macho;
  struct Case {
    std::vector<std::pair<std::uint32_t, std::uint32_t>> parts;
    std::string machine;
    std::optional<std::size_t> runs;
  };
  for (const auto& [all, machine, runs] :
       {Case{{{cpu_x86_64, 3}, {cpu_arm64, arm64e}}, "arm64", 1},
        Case{{{cpu_x86_64, 3}, {cpu_arm64, arm64e}}, "x86_64", 0},
        Case{{{cpu_arm64, arm64e}, {cpu_arm64, 0}}, "arm64", 1},
        Case{{{cpu_i386, 3}, {cpu_x86_64, 3}}, "arm64", 1},
        Case{{{cpu_i386, 3}, {cpu_arm64, 0}}, "x86_64", {}},
        Case{{{cpu_arm64, 0}, {cpu_x86_64, x86_64h}}, "x86_64", 1},
        Case{{{cpu_x86_64, 3}, {cpu_x86_64, x86_64h}}, "x86_64", 1},
        Case{{{cpu_powerpc, 0}, {cpu_i386, 3}}, "arm64", {}},
        Case{{{cpu_x86_64, x86_64h}}, "arm64", {}}})
    CHECK(part_that_runs(parts(all), machine) == runs);
}

TEST_CASE("a signature that does not fit its file is damaged") {
  if (truth_path("tcc/codesig").empty()) return;
  const Signed of;
  REQUIRE(of.command != std::string::npos);
  REQUIRE(of.directory != std::string::npos);
  REQUIRE(signature_of(of.bytes));
  struct Case {
    std::string what;
    std::size_t at;
    std::uint32_t number;
    bool big;
  };
  for (const auto& [what, at, number, big] :
       {Case{"it ends outside", of.command + 12, 288 + 0x1000, false},
        Case{"it has no end", of.command + 12, 0xffffffff, false},
        Case{"it begins outside", of.command + 8, 0x7fffffff, false},
        Case{"too many slots", of.directory + 28, 0x10000, true},
        Case{"too few slots", of.directory + 28, 1, true},
        Case{"slots outside", of.directory + 16, 0x10000, true},
        Case{"slots over the header", of.directory + 16, 8, true},
        Case{"more code than the file has", of.directory + 32, 0x7fffffff, true},
        Case{"less code than it has", of.directory + 32, 100, true}}) {
    CAPTURE(what);
    CHECK(!signature_of(with(of.bytes, at, number, big)));
  }
}

TEST_CASE("a page that was changed after the signing shows") {
  if (truth_path("tcc/codesig").empty()) return;
  const Signed of;
  const auto intact = [](const std::string& bytes) {
    const auto content = macho::content_of(bytes);
    const auto image = macho::read_image(content, macho::slices(content)->front());
    REQUIRE(image);
    return tcc::has_intact_pages(content, *image);
  };
  CHECK(intact(of.bytes) == true);
  for (const std::size_t at : {std::size_t{5000}, std::size_t{9000}, std::size_t{16500}}) {
    std::string changed = of.bytes;
    changed[at] = static_cast<char>(changed[at] ^ 1);
    CHECK(intact(changed) == false);
    CHECK(signature_of(changed));  // what it claims is as it was
  }
}

TEST_CASE("static libraries and programs for PowerPC are not damaged") {
  const std::string powerpc("\xfe\xed\xfa\xce\0\0\0\x12\0\0\0\0\0\0\0\2", 16);
  const auto thin = macho::slices(macho::content_of(powerpc));
  REQUIRE(thin);
  REQUIRE(thin->size() == 1);
  CHECK(macho::arch_name(thin->front()) == "ppc");
  const auto image = macho::read_image(macho::content_of(powerpc), thin->front());
  REQUIRE(image);
  CHECK(image->form == macho::Image::Form::big_endian);
  const std::string archive = "!<arch>\nwhatever objects are in it";
  const auto library =
      macho::read_image(macho::content_of(archive), {macho::cpu_arm64, 0, 0, archive.size()});
  REQUIRE(library);
  CHECK(library->form == macho::Image::Form::archive);
}
