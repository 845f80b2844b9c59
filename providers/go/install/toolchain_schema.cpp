#include "providers/go/install/toolchain_schema.h"

#include <string>
#include <string_view>
#include <utility>

#include "providers/go/run/discovery.h"
#include "providers/read/fact_schema.h"

namespace gopol::providers::go {
namespace {

dsl::Result<dsl::Done> valid_sha256(const dsl::Value& value) {
  const auto* text = value.as<std::string>();
  constexpr std::string_view digits = "0123456789abcdefABCDEF";
  if (text == nullptr ||
      (text->size() == 64 && text->find_first_not_of(digits) == std::string::npos))
    return dsl::Done{};
  return dsl::problem("P2004", "a SHA-256 has 64 hexadecimal digits",
                      "go.dev/dl shows one beside each archive; so does FILE.sha256");
}

dsl::AttributeSchema input(std::string name, dsl::Type type, std::string doc) {
  auto out = writable(std::move(name), std::move(type), std::move(doc));
  out.input = true;
  return out;
}

}  // namespace

dsl::Schema toolchain_schema() {
  dsl::Schema out = family(
      "go.toolchain",
      "the Go installations of this machine; `default` is the one behind gopol's link", text());
  out.existence = true;
  auto version = may_be_absent(writable("version", providers::version(dsl::VersionScheme::go),
                                        "line 1 of its VERSION file"));
  version.affects = {"arch", "first_on_path", "origin", "path"};
  version.unknowable = true;  // `devel …`
  auto arch =
      may_be_absent(writable("arch", word({"arm64", "amd64"}), "what its bin/go is built for"));
  arch.affects = {"origin", "path"};
  arch.unknowable = true;  // of a universal file
  auto sha256 = input("sha256", text(), "of the archive, if the policy pins it");
  sha256.validate = valid_sha256;
  auto on_path =
      writable("on_path", boolean(), "gopol's block in the shell's profile puts its bin first");
  on_path.implied = dsl::Value(true);
  on_path.implied_for = "default";
  on_path.affects = {"first_on_path"};
  on_path.unknowable = true;  // broken markers
  auto first =
      fact("first_on_path", boolean(),
           "a login shell that types `go` gets this one; unknown where the profile cannot tell");
  first.assertable = first.unknowable = true;
  first.read_only_help = "assert `on_path = true`; then take away what comes before it";
  out.attributes = {
      std::move(version),
      std::move(arch),
      input("source", word({"archive"}), "how it is put there"),
      input("directory", path(), "where the tree lies; `~/.local/share/gopol/go/go<VERSION>`"),
      input("link", path(), "the link that leads to it; `~/.local/share/gopol/go/current`"),
      std::move(sha256),
      std::move(on_path),
      std::move(first),
      may_be_absent(fact("origin", word(origins()), "who put it there")),
      may_be_absent(fact("path", path(), "the tree itself, links followed"))};
  return out;
}

}  // namespace gopol::providers::go
