#include "providers/machine/binary.h"

#include <filesystem>
#include <nlohmann/json.hpp>

#include "tests/catch.h"
#include "tests/providers/recorded_mac.h"
#include "tests/providers/tcc/tcc_mac.h"
#include "tests/table.h"

using namespace gopol;
using namespace gopol::tests;
using dsl::Value;

namespace {

const auto provider = providers::binary_provider();

Value seen(const Machine& machine, const std::string& file, const std::string& attribute) {
  return look(*provider, machine.host(), file, attribute).value;
}

}  // namespace

TEST_CASE("a program's file says what it was built and signed as", "[truth]") {
  const std::string folder = truth_path("tcc/codesig");
  if (folder.empty()) return;
  const auto expected = nlohmann::json::parse(read_file(folder + "/expected.json"));
  const TccMac mac;
  for (const auto& [name, want] : expected.items()) {
    if (!name.ends_with(".macho")) continue;
    CAPTURE(name);
    const std::string file = "/usr/local/bin/" + name;
    mac.temp.write(file.substr(1), read_file(folder + "/" + name));
    const bool has_signature = want["signed"].get<bool>();
    CHECK(seen(mac, file, "format") == Value("macho"));
    CHECK(seen(mac, file, "arch") == Value(dsl::List{{name.substr(0, name.find('-'))}}));
    CHECK(seen(mac, file, "signed") == Value(has_signature));
    if (!has_signature) {
      CHECK(seen(mac, file, "signature") == Value("none"));
      CHECK(seen(mac, file, "identifier").is_absent());
      continue;
    }
    CHECK(seen(mac, file, "identifier") == Value(want["identifier"].get<std::string>()));
    CHECK(seen(mac, file, "cdhash") == Value(want["cdhash"].get<std::string>()));
    CHECK((seen(mac, file, "signature") == Value("certificate")) == !want["adhoc"].get<bool>());
    CHECK((seen(mac, file, "signature") == Value("linker")) == want["linker_signed"].get<bool>());
    CHECK(seen(mac, file, "team").is_absent() == want["team"].is_null());
  }
}

TEST_CASE("what is no program, or not there, or unreadable, says so") {
  const Machine machine;
  machine.temp.write("bin/script", "#!/bin/sh\n");
  machine.temp.write("bin/cut", std::string("\xcf\xfa\xed\xfe\x0c\x00\x00\x01", 8));
  machine.temp.write("bin/elf", read_file("/proc/self/exe").substr(0, 4096));
  CHECK(seen(machine, "/bin/script", "format") == Value("other"));
  CHECK(seen(machine, "/bin/script", "arch").is_absent());
  CHECK(seen(machine, "/bin/none", "format").is_absent());
  CHECK(seen(machine, "/bin", "format") == Value("other"));
  CHECK(seen(machine, "/bin/cut", "uuid").is_unknown());
  CHECK(seen(machine, "/bin/elf", "format") == Value("elf"));
  machine.temp.write("bin/amd64", std::string("\x7f"
                                              "ELF\2\1\1") +
                                      std::string(11, '\0') + std::string("\x3e\0", 2));
  CHECK(seen(machine, "/bin/amd64", "arch") == Value(dsl::List{{"x86_64"}}));
  CHECK(seen(machine, "/bin/elf", "signed").is_absent());
  std::filesystem::create_symlink("script", (machine.temp / "bin/link").text);
  CHECK(seen(machine, "/bin/link", "format") == Value("other"));
}
