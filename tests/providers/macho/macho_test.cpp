#include "providers/macho/image.h"

#include <algorithm>
#include <filesystem>

#include "engine/real/real_disk.h"
#include "providers/macho/code_signature.h"
#include "tests/catch.h"
#include "tests/fuzz/macho_fault.h"
#include "tests/table.h"
#include "tests/temp_folder.h"

namespace fs = std::filesystem;
using namespace gopol::tests;
using namespace gopol::providers;

namespace {

std::string number(std::uint64_t value, int size = 4) {
  std::string out;
  for (int i = 0; i < size; ++i) out += static_cast<char>(value >> (8 * i) & 0xffU);
  return out;
}

std::string reversed(std::string text) {
  std::reverse(text.begin(), text.end());
  return text;
}

std::string command(std::uint32_t kind, const std::string& rest) {
  return number(kind) + number(8 + rest.size()) + rest;
}

/// A load command with one text, as libraries and run paths have.
std::string named(std::uint32_t kind, const std::string& name, std::size_t before = 24) {
  return command(kind, number(before) + std::string(before - 12, '\0') + name + '\0');
}

std::string image(const std::vector<std::string>& commands, std::uint32_t cpu = macho::cpu_arm64,
                  bool is_64 = true) {
  std::string all;
  for (const std::string& one : commands) all += one;
  return number(is_64 ? 0xfeedfacf : 0xfeedface) + number(cpu) + number(0) + number(2) +
         number(commands.size()) + number(all.size()) + number(0) + (is_64 ? number(0) : "") + all;
}

std::string universal(const std::vector<std::pair<std::uint32_t, std::string>>& images) {
  std::string head = std::string("\xca\xfe\xba\xbe") + reversed(number(images.size()));
  std::string body;
  for (const auto& [cpu, bytes] : images) {
    for (const std::uint64_t field : {std::uint64_t{cpu}, std::uint64_t{0x80000000},
                                      4096 + body.size(), bytes.size(), std::uint64_t{0}})
      head += reversed(number(field));
    body += bytes;
  }
  return head + std::string(4096 - head.size(), '\0') + body;
}

macho::Image only(const std::string& bytes) {
  const auto content = macho::content_of(bytes);
  const auto slices = macho::slices(content);
  REQUIRE(slices);
  REQUIRE(slices->size() == 1);
  auto out = macho::read_image(content, slices->front());
  REQUIRE(out);
  return std::move(*out);
}

std::string refusal(const std::string& bytes) {
  const auto content = macho::content_of(bytes);
  const auto slices = macho::slices(content);
  if (!slices) return slices.error().front().message.text();
  if (slices->empty()) return "no Mach-O";
  const auto read = macho::read_image(content, slices->front());
  return read ? "" : read.error().front().message.text();
}

gopol::dsl::Version apple(const char* text) { return {text, gopol::dsl::VersionScheme::apple}; }

}  // namespace

TEST_CASE("a linked program says what it was built for, its UUID, libraries and signature") {
  const std::string folder = truth_path("tcc/codesig");
  if (folder.empty()) return;
  const std::string bytes = read_file(folder + "/arm64-linker-signed.macho");
  const macho::Image read = only(bytes);
  CHECK(macho::arch_name(read.slice) == "arm64");
  CHECK(read.type == macho::FileType::program);
  REQUIRE(read.builds.size() == 1);
  CHECK(read.builds[0] == macho::Build{macho::platform_macos, apple("11.0"), apple("11.0")});
  CHECK(read.uuid == "4C4C4452-5555-3144-A182-54660C833379");
  CHECK(read.libraries.empty());
  const auto signature = tcc::read_signature(macho::content_of(bytes), read);
  REQUIRE(signature);
  CHECK((signature->flags & tcc::flag_linker_signed) != 0);
  CHECK(!only(read_file(folder + "/x86_64-unsigned.macho")).signature);
}

TEST_CASE("load commands old and new are understood") {
  const macho::Image read = only(
      image({command(0x24, number(0x000a0f04) + number(0)), command(0x1b, "0123456789abcdef"),
             named(0xc, "/usr/lib/libSystem.B.dylib"), named(0x80000018, "@rpath/libweak.dylib"),
             named(0x8000001f, "/usr/lib/libc++.1.dylib"), named(0x8000001c, "/opt/lib", 12),
             named(0xd, "/usr/lib/libmyself.dylib"), command(0x99, "")}));
  CHECK(read.builds == std::vector<macho::Build>{{1, apple("10.15.4"), {}}});
  CHECK(read.uuid == "30313233-3435-3637-3839-616263646566");
  CHECK(read.libraries == std::vector<macho::Library>{{"/usr/lib/libSystem.B.dylib", false},
                                                      {"@rpath/libweak.dylib", true},
                                                      {"/usr/lib/libc++.1.dylib", false}});
  CHECK(read.run_paths == std::vector<std::string>{"/opt/lib"});
  CHECK(!read.signature);
  const macho::Image old = only(image({named(0xc, "/usr/lib/libz.dylib")}, macho::cpu_i386, false));
  CHECK(old.libraries.size() == 1);
  CHECK(macho::arch_name(old.slice) == "i386");
}

TEST_CASE("each architecture of a universal file is read by itself") {
  const std::string bytes =
      universal({{macho::cpu_x86_64, image({named(0xc, "/usr/lib/a")}, macho::cpu_x86_64)},
                 {macho::cpu_arm64, image({named(0xc, "/usr/lib/b")})}});
  const TempFolder temp;
  temp.write("both", bytes);
  const auto disk = gopol::engine::real_disk();
  const auto read = macho::read_images(*disk, temp / "both");
  REQUIRE(read);
  REQUIRE(read->size() == 2);
  CHECK(macho::arch_name(read->at(0).slice) == "x86_64");
  CHECK(read->at(0).libraries.at(0).name == "/usr/lib/a");
  CHECK(macho::arch_name(read->at(1).slice) == "arm64");
  CHECK(read->at(1).libraries.at(0).name == "/usr/lib/b");
  temp.write("cut", bytes.substr(0, bytes.size() - 4));
  const auto cut = macho::read_images(*disk, temp / "cut");
  REQUIRE(!cut);
  CHECK(cut.error().front().message.text() ==
        "`" + (temp / "cut").text +
            "` is damaged: architecture 2 lies outside of the "
            "file");
  const auto none = macho::read_images(*disk, temp / "none");
  CHECK((none && none->empty()));
}

TEST_CASE("what is no Mach-O file is not damaged, and damage has a reason") {
  const std::string java("\xca\xfe\xba\xbe\0\0\0\x3d", 8), none("\xca\xfe\xba\xbe\0\0\0\0", 8);
  CHECK(refusal("#!/bin/sh\n") == "no Mach-O");
  CHECK(refusal("") == "no Mach-O");
  CHECK(refusal("!<arch>\n") == "no Mach-O");
  CHECK(refusal(java) == "no Mach-O");
  CHECK(refusal(none) == "a universal file without architectures");
  CHECK(refusal("\xfe\xed\xfa\xce") == "the header is cut off");
  CHECK(refusal(universal({{7, "garbage!"}})) == "an architecture is no Mach-O image");
  CHECK(refusal(image({}).substr(0, 20)) == "the header is cut off");
  CHECK(refusal(image({command(0x1b, "short")})) == "load command 1 of 1 is damaged");
  CHECK(refusal(image({command(0x99, ""), number(0x99) + number(4)})) ==
        "load command 2 of 2 is damaged");
  CHECK(refusal(image({command(0xc, number(24) + std::string(12, '\0') + "endless")})) ==
        "load command 1 of 1 is damaged");
  CHECK(refusal(image({command(0x99, "")}).substr(0, 39)) == "the load commands are cut off");
}

TEST_CASE("a Mach-O file cut or changed anywhere is read or refused, no more") {
  for (const auto& entry :
       fs::directory_iterator(fs::path(GOPOL_SOURCE_DIR) / "tests/fuzz/corpus/macho")) {
    CAPTURE(entry.path().string());
    const std::string whole = read_file(entry.path().string());
    REQUIRE(macho_fault(whole) == "");
    for (std::size_t at = 0; at < whole.size(); ++at) {
      CAPTURE(at);
      REQUIRE(macho_fault(whole.substr(0, at)) == "");
      for (const char byte : {'\0', '\xff', '\x7f', '\x01'}) {
        std::string changed = whole;
        changed[at] = byte;
        REQUIRE(macho_fault(changed) == "");
      }
    }
  }
}
