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

}  // namespace

TEST_CASE("what Go's linker wrote is found in an ELF and in a Mach-O file") {
  const std::string expected = "go1.19.8 example.com/mac example.com/mac (devel)";
  const auto direct = go::parse_build_info(sample("section"));
  REQUIRE(direct);
  CHECK(direct->go == "go1.19.8");
  CHECK(told(sample("elf")) == expected);
  CHECK(told(sample("macho")) == expected);
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
