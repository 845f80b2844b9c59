#include "providers/go/install/build_info.h"

#include "tests/catch.h"
#include "tests/table.h"

using namespace gopol::tests;
using namespace gopol::providers;

namespace {

std::string sample(const std::string& name) {
  return read_file(GOPOL_SOURCE_DIR "/tests/fuzz/corpus/build_info/" + name);
}

std::string told(const std::string& bytes) {
  const auto read = go::read_build_info(macho::content_of(bytes));
  if (!read) return "error";
  if (!*read) return "nothing";
  return (*read)->go + " " + (*read)->package + " " + (*read)->module + " " + (*read)->version;
}

/// An ELF file of 32 bits with one section beside that of the names; high byte first if asked for.
std::string small_elf(const std::string& section, bool high_first) {
  std::string out;
  const auto number = [&](std::uint32_t value, int bytes) {
    for (int i = 0; i < bytes; ++i)
      out += static_cast<char>(value >> 8 * (high_first ? bytes - 1 - i : i));
  };
  const std::string names("\0.go.buildinfo\0.shstrtab\0", 26);
  const auto size = static_cast<std::uint32_t>(section.size());
  const std::uint32_t header = 52, names_at = header + size, table = names_at + 26;
  out += std::string(
             "\x7f"
             "ELF\x01",
             5) +
         (high_first ? '\x02' : '\x01') + std::string(10, '\x01');
  number(2, 2), number(3, 2), number(1, 4), number(0, 4), number(0, 4), number(table, 4);
  number(0, 4), number(header, 2), number(0, 2), number(0, 2), number(40, 2), number(3, 2);
  number(2, 2);
  out += section + names + std::string(40, '\0');
  for (const auto& [name, offset, length] :
       {std::tuple(1U, header, size), std::tuple(15U, names_at, 26U)}) {
    number(name, 4), number(1, 4), number(0, 4), number(0, 4), number(offset, 4), number(length, 4);
    number(0, 4), number(0, 4), number(1, 4), number(0, 4);
  }
  return out;
}

}  // namespace

TEST_CASE("what Go's linker wrote is found in an ELF and in a Mach-O file") {
  const std::string expected = "go1.19.8 example.com/mac example.com/mac (devel)";
  const auto direct = go::parse_build_info(sample("section"));
  REQUIRE(direct);
  CHECK(direct->go == "go1.19.8");
  CHECK(told(sample("elf")) == expected);
  CHECK(told(sample("macho")) == expected);
  CHECK(told(small_elf(sample("section"), false)) == expected);
  CHECK(told(small_elf(sample("section"), true)) == expected);
  CHECK(told("#!/bin/sh\n") == "nothing");
  CHECK(told("") == "nothing");
}

TEST_CASE("a program that is cut or changed anywhere is read, refused, or none, no more") {
  for (const char* name : {"elf", "macho"}) {
    const std::string whole = sample(name);
    REQUIRE(whole.size() > 100);
    for (std::size_t at = 0; at < whole.size(); ++at) {
      CHECK(told(whole.substr(0, at)) != "");
      for (const char byte : {'\0', '\xff', '\x7f'}) {
        std::string changed = whole;
        changed[at] = byte;
        CHECK(told(changed) != "");
      }
    }
  }
}

TEST_CASE("a Go before 1.18 wrote addresses: nothing is made of them") {
  std::string old = sample("section").substr(0, 32);
  old[15] = 0;
  CHECK(!go::parse_build_info(old + std::string(64, 'x')));
  const std::string head = sample("section").substr(0, 32);
  CHECK(go::parse_build_info(head + "\x08go1.22.2"));
  CHECK(!go::parse_build_info(head + "\x04 X:a"));
}
