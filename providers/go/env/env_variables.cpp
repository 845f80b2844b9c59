#include "providers/go/env/env_variables.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "dsl/value/chain.h"
#include "providers/go/env/env_validate.h"
#include "providers/go/env/flags.h"
#include "providers/read/go_text.h"

namespace gopol::providers::go {
namespace {

using enum EnvForm;

// Source of names, defaults and grammars: the go command's own documentation (go help environment)
// and its source. Variables that go computes or takes from the process alone cannot stand in the
// file.
const EnvVariable variables[] = {
    {"AR", plain, "", "ar", "archiver for gccgo", valid_line},
    {"CC", plain, "", "", "C compiler, with its options", valid_compiler},
    {"CGO_CFLAGS", plain, "", "-O2 -g", "flags for the C compiler", valid_line},
    {"CGO_CFLAGS_ALLOW", plain, "", "", "more flags that cgo accepts: a regular expression",
     valid_line},
    {"CGO_CPPFLAGS", plain, "", "", "flags for the C preprocessor", valid_line},
    {"CGO_CXXFLAGS", plain, "", "-O2 -g", "flags for the C++ compiler", valid_line},
    {"CGO_ENABLED", word, "0 1", "", "whether cgo is on", nullptr},
    {"CGO_FFLAGS", plain, "", "-O2 -g", "flags for the Fortran compiler", valid_line},
    {"CGO_LDFLAGS", plain, "", "-O2 -g", "flags for the linker", valid_line},
    {"CGO_LDFLAGS_ALLOW", plain, "", "", "more flags that cgo accepts: a regular expression",
     valid_line},
    {"CXX", plain, "", "", "C++ compiler, with its options", valid_compiler},
    {"FC", plain, "", "gfortran", "Fortran compiler", valid_line},
    {"GCCGO", plain, "", "gccgo", "gccgo program", valid_line},
    {"GO111MODULE", word, "on off auto", "", "module mode; on is the default since 1.16", nullptr},
    {"GO386", word, "sse2 softfloat", "sse2", "floating point on 386", nullptr},
    {"GOAMD64", word, "v1 v2 v3 v4", "v1", "least amd64 level of built programs", nullptr},
    {"GOARCH", plain, "amd64 arm64", "", "architecture to build for", valid_arch},
    {"GOARM", plain, "", "", "arm level", valid_arm},
    {"GOARM64", plain, "", "v8.0", "least arm64 level of built programs", valid_arm64},
    {"GOAUTH", plain, "off netrc", "netrc", "how go logs in to module hosts; runs commands",
     valid_auth},
    {"GOBIN", path, "", "", "where `go install` puts programs", valid_line},
    {"GOCACHE", path, "", "", "the build cache", valid_line},
    {"GOCACHEPROG", plain, "", "", "a program that stands for the build cache; runs on every build",
     valid_line},
    {"GOEXPERIMENT", commas, "", "", "toolchain experiments", valid_experiments},
    {"GOFIPS140", plain, "off latest inprocess certified", "off", "FIPS 140 module", valid_fips140},
    {"GOFLAGS", flags, "", "", "flags for every go command", valid_flags},
    {"GOINSECURE", commas, "", "", "modules that may be fetched over http", valid_patterns},
    {"GOMODCACHE", path, "", "", "the module cache", valid_line},
    {"GONOPROXY", commas, "", "", "modules fetched without a proxy", valid_patterns},
    {"GONOSUMDB", commas, "", "", "modules not looked up in the checksum database", valid_patterns},
    {"GOOS", plain, "darwin linux windows", "", "system to build for", valid_os},
    {"GOPATH", plain, "", "", "workspace folders", valid_gopath},
    {"GOPRIVATE", commas, "", "", "private modules", valid_patterns},
    {"GOPROXY", chain, "", "https://proxy.golang.org,direct", "where modules come from", nullptr},
    {"GORISCV64", word, "rva20u64 rva22u64 rva23u64", "rva20u64", "least riscv64 profile", nullptr},
    {"GOROOT", path, "", "",
     "the toolchain; go finds it by itself, and a wrong one breaks every command", valid_line},
    {"GOSUMDB", plain, "off", "sum.golang.org", "the checksum database", valid_sumdb},
    {"GOTMPDIR", path, "", "", "temporary files of builds", valid_line},
    {"GOTOOLCHAIN", plain, "local auto path", "auto", "which toolchain runs", valid_toolchain},
    {"GOVCS", plain, "", "", "which version control may fetch what", valid_vcs},
    {"GOWASM", plain, "", "", "WebAssembly features", valid_line},
    {"GOWORK", plain, "off auto", "",
     "the workspace file; `go env -w` refuses it, a line is honoured", valid_workspace},
    {"GO_EXTLINK_ENABLED", word, "0 1", "", "external linking", nullptr},
    {"PKG_CONFIG", plain, "", "pkg-config", "pkg-config program", valid_line},
};

std::vector<std::string> words_of(const EnvVariable& variable) {
  std::vector<std::string> out;
  if (variable.words.empty()) return out;
  for (const std::string_view word_text : split(variable.words, ' ')) out.emplace_back(word_text);
  return out;
}

}  // namespace

const std::vector<EnvVariable>& env_variables() {
  static const std::vector<EnvVariable> all(std::begin(variables), std::end(variables));
  return all;
}

const EnvVariable* find_env_variable(std::string_view name) {
  const auto* at = std::lower_bound(
      std::begin(variables), std::end(variables), name,
      [](const EnvVariable& variable, std::string_view wanted) { return variable.name < wanted; });
  return at != std::end(variables) && at->name == name ? at : nullptr;
}

dsl::Type type_of(const EnvVariable& variable) {
  dsl::Type out;
  switch (variable.form) {
    case plain: out.kind = dsl::TypeKind::text; break;
    case word: out.kind = dsl::TypeKind::word; break;
    case path: out.kind = dsl::TypeKind::path; break;
    case commas:
    case flags: out.kind = dsl::TypeKind::list; break;
    case chain: out.kind = dsl::TypeKind::chain; break;
  }
  out.words = words_of(variable);
  return out;
}

bool runs_code(const EnvVariable& variable, const dsl::Value& value) {
  // Programs that go starts on a build, and the tree that all of its tools come from.
  constexpr std::string_view programs[] = {"AR",    "CC",          "CXX",    "FC",
                                           "GCCGO", "GOCACHEPROG", "GOROOT", "PKG_CONFIG"};
  constexpr std::string_view flags_with_programs[] = {"exec", "toolexec", "vettool", "overlay",
                                                      "gccgoflags"};
  if (value.is_absent()) return false;
  if (std::find(std::begin(programs), std::end(programs), variable.name) != std::end(programs)) {
    return true;
  }
  const auto* text = value.as<std::string>();
  if (variable.name == "GOAUTH" && text != nullptr) {
    const auto parts = split(*text, ';');
    return std::any_of(parts.begin(), parts.end(), [](std::string_view part) {
      return trimmed(part) != "off" && trimmed(part) != "netrc";
    });
  }
  const auto* list = value.as<dsl::List>();
  if (variable.name != "GOFLAGS" || list == nullptr) return false;
  return std::any_of(list->items.begin(), list->items.end(), [&](std::string_view flag) {
    flag.remove_prefix(std::min(flag.find_first_not_of('-'), flag.size()));
    const std::string_view name = flag.substr(0, flag.find('='));
    if (name == "ldflags" && flag.find("extld") != std::string_view::npos) return true;
    return std::find(std::begin(flags_with_programs), std::end(flags_with_programs), name) !=
           std::end(flags_with_programs);
  });
}

dsl::Value value_of(const EnvVariable& variable, std::string_view text) {
  switch (variable.form) {
    case chain: {
      auto parsed = dsl::parse_chain(text);
      const bool is_text =
          text.find('\0') == std::string_view::npos;  // in a policy, a mark of ours
      if (parsed && is_text) return std::move(*parsed);
      break;
    }
    case flags: {
      auto words = split_quoted(text);
      if (words) return dsl::List{std::move(*words)};
      break;
    }
    case commas: {
      dsl::List out;
      for (const std::string_view part : split(text, ',')) {
        if (!part.empty()) out.items.emplace_back(part);
      }
      return out;
    }
    case path:
      if (text.starts_with('/')) return dsl::Path(text);
      break;
    default: break;
  }
  return std::string(text);
}

dsl::Result<std::string> text_of(const EnvVariable& variable, const dsl::Value& value) {
  if (const auto* list = value.as<dsl::List>()) {
    if (variable.form == flags) return join_quoted(list->items);
    return fmt::format("{}", fmt::join(list->items, ","));
  }
  if (const auto* text = value.as<std::string>()) return *text;
  return dsl::to_text(value);
}

}  // namespace gopol::providers::go
