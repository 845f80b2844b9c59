#include "providers/read/go_stub.h"

#include <string_view>
#include <utility>
#include <vector>

#include "dsl/value/go_version.h"

namespace gopol::providers::go {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view first_with_defaults = "1.21rc1";  // of go.env

/// The first bytes of a program. Source: elf(5), mach-o/loader.h.
std::string program_head(const GoStub& go) {
  const bool arm = go.arch == "arm64";
  if (go.os == "darwin") {
    constexpr std::string_view none = "\0\0\0\0\2\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"sv;
    return std::string(arm ? "\xcf\xfa\xed\xfe\x0c\0\0\1"sv : "\xcf\xfa\xed\xfe\7\0\0\1"sv)
        .append(none);
  }
  return std::string(
             "\x7f"
             "ELF\2\1\1\0\0\0\0\0\0\0\0\0\2\0"sv)
      .append(arm ? "\xb7\0"sv : "\x3e\0"sv)
      .append(44, '\0');
}

}  // namespace

dsl::Result<dsl::Done> write_go_stub(const GoStub& go, const dsl::Path& root, engine::Disk& copy) {
  constexpr engine::Attributes runs{.mode = 0755};
  const std::string head = program_head(go);
  std::vector<std::pair<std::string, std::string>> files = {{"VERSION", go.release + "\n"}};
  const std::string bare = dsl::go_version::from_toolchain(go.release);
  if (!bare.empty() && dsl::go_version::compare(bare, first_with_defaults) >= 0) {
    files.emplace_back(
        "go.env",
        "GOPROXY=https://proxy.golang.org,direct\nGOSUMDB=sum.golang.org\nGOTOOLCHAIN=auto\n");
  }
  for (const auto& [name, text] : files) {
    if (auto done = copy.replace(root / name, text); !done) return done;
  }
  for (const char* program : {"bin/go", "bin/gofmt"}) {
    if (auto done = copy.replace(root / program, head, runs); !done) return done;
  }
  return copy.make_folder(root / ("pkg/tool/" + go.os + "_" + go.arch));
}

}  // namespace gopol::providers::go
