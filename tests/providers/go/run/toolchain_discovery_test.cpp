#include <filesystem>
#include <map>

#include "engine/real/real_disk.h"
#include "providers/go/run/binary_arch.h"
#include "providers/go/run/discovery.h"
#include "tests/catch.h"
#include "tests/go_mirror.h"
#include "tests/made_up_host.h"
#include "tests/table.h"

namespace fs = std::filesystem;
using namespace gopol;
using namespace gopol::tests;
using providers::go::binary_archs;
using Names = std::vector<std::string>;

namespace {

std::string unhex(const std::string& text) {
  std::string out, pair;
  for (const char c : text) {
    if (c == '\n' || c == ' ') continue;
    pair += c;
    if (pair.size() < 2) continue;
    out += static_cast<char>(std::stoi(pair, nullptr, 16));
    pair.clear();
  }
  return out;
}

}  // namespace

TEST_CASE("what a program is built for shows in its first bytes") {
  struct Case {
    const char* file;
    Names archs;
  };
  const std::vector<Case> cases{{"header-go-darwin-arm64.hex", {"arm64"}},
                                {"header-go-darwin-amd64.hex", {"amd64"}},
                                {"header-x86_64-dylib.hex", {"amd64"}},
                                {"header-i386-dylib.hex", {"386"}},
                                {"fat-header-i386-x86_64-lib64.hex", {"386", "amd64"}},
                                {"fat-header-x86_64-i386-dylib.hex", {"amd64", "386"}},
                                {"LC_BUILD_VERSION-go119-arm64.hex", {}}};
  for (const Case& c : cases) {
    CAPTURE(c.file);
    const std::string path = truth_path(std::string("macho/") + c.file);
    if (path.empty()) continue;
    const std::string bytes = unhex(read_file(path));
    CHECK(binary_archs(bytes, 1 << 20) == c.archs);
    // Cut anywhere, it is no program, and nothing is read past its end.
    for (std::size_t cut = 0; cut < 8; ++cut)
      CHECK(binary_archs(bytes.substr(0, cut), cut).empty());
    if (c.archs.size() == 2)
      CHECK(binary_archs(bytes, 4096).empty());  // slices outside of the file
  }
  CHECK(binary_archs(program_head("linux", "arm64"), 64) == Names{"arm64"});
  CHECK(binary_archs(program_head("linux", "amd64"), 64) == Names{"amd64"});
  CHECK(binary_archs(std::string("\xca\xfe\xba\xbe\0\0\0\x3d", 8), 4096).empty());  // a Java class
  CHECK(binary_archs("#!/bin/sh\n", 10).empty());
  CHECK(binary_archs("", 0).empty());
}

TEST_CASE("every Go of a machine is found, once, with who put it there") {
  const TempFolder temp;
  const auto add = [&](const std::string& path, const std::string& version) {
    temp.write(path + "/VERSION", version + "\n");
    temp.write_program(path + "/bin/go", program_head("linux", "amd64"));
  };
  add("usr/local/go", "go1.22.4");
  add("opt/homebrew/Cellar/go/1.23.1/libexec", "go1.23.1");
  add("opt/homebrew/Cellar/go@1.21/1.21.9_1/libexec", "go1.21.9");
  add("home/ann/.goenv/versions/1.20.1", "go1.20.1");
  add("home/ann/.asdf/installs/golang/1.19.1/go", "go1.19.1");
  add("home/ann/.local/share/mise/installs/go/1.22.0", "go1.22.0");
  add("home/ann/.local/share/mise/installs/go/1.18.1/go", "go1.18.1");
  fs::create_symlink("1.22.0", (temp / "home/ann/.local/share/mise/installs/go/1.22").text);
  add("home/ann/sdk/go1.22.2", "go1.22.2");
  add("home/ann/.g/versions/1.17", "go1.17");
  add("home/ann/.gvm/gos/go1.16.1", "go1.16.1");
  add("home/ann/go/pkg/mod/golang.org/toolchain@v0.0.1-go1.23.4.linux-amd64", "go1.23.4");
  add("home/ann/.local/share/gopol/go/go1.22.5", "go1.22.5");
  fs::create_symlink("go1.22.5", (temp / "home/ann/.local/share/gopol/go/current").text);
  add("usr/lib/golang", "devel go1.24-abc");
  // As Debian has it: a tree of links, and an alias for it.
  temp.write("usr/lib/go-1.19/VERSION", "go1.19.8");
  temp.write_program("usr/share/go-1.19/bin/go", program_head("linux", "amd64"));
  fs::create_symlink("../../share/go-1.19/bin", (temp / "usr/lib/go-1.19/bin").text);
  fs::create_symlink("go-1.19", (temp / "usr/lib/go").text);
  temp.write("home/ann/sdk/gotip/README", "no Go");
  const auto host = made_up_host(temp.path());
  std::map<std::string, std::string> found;
  for (const auto& one : providers::go::find_toolchains(host)) {
    CAPTURE(one.path.text);
    CHECK(one.tree.arch == dsl::Value("amd64"));
    const std::string version =
        one.tree.version.is_unknown() ? "?" + one.tree.name : dsl::to_text(one.tree.version);
    CHECK(found.emplace(one.path.text, one.origin + " " + version).second);
  }
  const std::string home = "/home/ann/";
  const std::map<std::string, std::string> wanted{
      {"/usr/local/go", "archive 1.22.4"},
      {"/opt/homebrew/Cellar/go/1.23.1/libexec", "brew 1.23.1"},
      {"/opt/homebrew/Cellar/go@1.21/1.21.9_1/libexec", "brew 1.21.9"},
      {home + ".goenv/versions/1.20.1", "goenv 1.20.1"},
      {home + ".asdf/installs/golang/1.19.1/go", "asdf 1.19.1"},
      {home + ".local/share/mise/installs/go/1.22.0", "mise 1.22.0"},
      {home + ".local/share/mise/installs/go/1.18.1/go", "mise 1.18.1"},
      {home + "sdk/go1.22.2", "sdk 1.22.2"},
      {home + ".g/versions/1.17", "g 1.17"},
      {home + ".gvm/gos/go1.16.1", "gvm 1.16.1"},
      {home + "go/pkg/mod/golang.org/toolchain@v0.0.1-go1.23.4.linux-amd64", "gotoolchain 1.23.4"},
      {home + ".local/share/gopol/go/go1.22.5", "gopol 1.22.5"},
      {"/usr/lib/golang", "distribution ?devel go1.24-abc"},
      {"/usr/lib/go-1.19", "distribution 1.19.8"},
  };
  CHECK(found == wanted);
}
