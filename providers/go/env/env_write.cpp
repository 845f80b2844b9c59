#include "providers/go/env/env_write.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "providers/go/env/env_validate.h"
#include "providers/go/env/experiments.h"
#include "providers/go/env/flags.h"

namespace gopol::providers::go {
namespace {

/// A variable that the go command knows, and the minor it appeared in (0: before any that is
/// supported here).
struct Known {
  std::string_view name;
  int since;
};

constexpr Known known[] = {
    {"AR", 0},
    {"CC", 0},
    {"CGO_CFLAGS", 0},
    {"CGO_CFLAGS_ALLOW", 0},
    {"CGO_CFLAGS_DISALLOW", 0},
    {"CGO_CPPFLAGS", 0},
    {"CGO_CPPFLAGS_ALLOW", 0},
    {"CGO_CPPFLAGS_DISALLOW", 0},
    {"CGO_CXXFLAGS", 0},
    {"CGO_CXXFLAGS_ALLOW", 0},
    {"CGO_CXXFLAGS_DISALLOW", 0},
    {"CGO_ENABLED", 0},
    {"CGO_FFLAGS", 0},
    {"CGO_FFLAGS_ALLOW", 0},
    {"CGO_FFLAGS_DISALLOW", 0},
    {"CGO_LDFLAGS", 0},
    {"CGO_LDFLAGS_ALLOW", 0},
    {"CGO_LDFLAGS_DISALLOW", 0},
    {"CXX", 0},
    {"FC", 0},
    {"GCCGO", 0},
    {"GO111MODULE", 0},
    {"GO386", 0},
    {"GOAMD64", 18},
    {"GOARCH", 0},
    {"GOARM", 0},
    {"GOARM64", 23},
    {"GOAUTH", 24},
    {"GOBIN", 0},
    {"GOCACHE", 0},
    {"GOCACHEPROG", 21 /* unverified */},
    {"GOEXPERIMENT", 0},
    {"GOFIPS140", 24},
    {"GOFLAGS", 0},
    {"GOINSECURE", 14},
    {"GOMIPS", 0},
    {"GOMIPS64", 0},
    {"GOMODCACHE", 15},
    {"GONOPROXY", 0},
    {"GONOSUMDB", 0},
    {"GOOS", 0},
    {"GOPATH", 0},
    {"GOPPC64", 0},
    {"GOPRIVATE", 0},
    {"GOPROXY", 0},
    {"GORISCV64", 23},
    {"GOROOT", 0},
    {"GOSUMDB", 0},
    {"GOTMPDIR", 0},
    {"GOTOOLCHAIN", 21},
    {"GOVCS", 16},
    {"GOWASM", 0},
    {"GO_EXTLINK_ENABLED", 0},
    {"PKG_CONFIG", 0},
};

constexpr std::string_view computed[] = {"GOEXE", "GOGCCFLAGS", "GOHOSTARCH", "GOHOSTOS",
                                         "GOMOD", "GOTOOLDIR",  "GOVERSION",  "GOWORK"};

template <class List, class Item>
bool holds(const List& list, const Item& item) {
  return std::find(std::begin(list), std::end(list), item) != std::end(list);
}

std::string refused_key(std::string_view key, int minor) {
  const bool newly_computed = (key == "GOROOT" && minor >= 27) ||
                              ((key == "GOTELEMETRY" || key == "GOTELEMETRYDIR") && minor >= 24);
  if (holds(computed, key) || newly_computed) return fmt::format("{} cannot be modified", key);
  if (key == "GOENV" || (key == "GODEBUG" && minor >= 23)) {
    return fmt::format("{} can only be set using the OS environment", key);
  }
  if (!knows_variable(key, minor)) return fmt::format("unknown go command variable {}", key);
  return {};
}

bool is_relative(std::string_view path) { return !path.empty() && path.front() != '/'; }

std::string refused_path(std::string_view key, std::string_view value) {
  if (key == "GOPATH" && value.starts_with('~')) {
    return fmt::format("GOPATH entry cannot start with shell metacharacter '~': \"{}\"", value);
  }
  const bool checked = key == "GOPATH" || key == "GOMODCACHE";
  if (checked && is_relative(value)) {
    return fmt::format("{} entry is relative; must be absolute path: \"{}\"", key, value);
  }
  if (key == "GOTMPDIR" && is_relative(value)) return "GOTMPDIR must be an absolute path";
  return {};
}

std::string refused_compiler(std::string_view key, std::string_view value) {
  if (value.empty()) return {};
  const auto words = split_quoted(value);
  if (!words) return fmt::format("invalid {}: {}", key, words.error().front().message);
  if (words->empty()) return fmt::format("{} entry cannot contain only space", key);
  const std::string& program = words->front();
  if (program.find('/') != std::string::npos && program.front() != '/') {
    return fmt::format("{} entry is relative; must be absolute path: \"{}\"", key, program);
  }
  return {};
}

std::string refused_value(std::string_view key, std::string_view value, int minor) {
  if (key == "GO111MODULE" && !value.empty() && value != "auto" && value != "on" &&
      value != "off") {
    return fmt::format("invalid GO111MODULE value \"{}\"", value);
  }
  if (auto why = refused_path(key, value); !why.empty()) return why;
  if (key == "CC" || key == "CXX") {
    if (auto why = refused_compiler(key, value); !why.empty()) return why;
  }
  if (value.find('\0') != std::string_view::npos)
    return fmt::format("invalid NUL in {}=... value", key);
  if (value.find_first_of("\v\r\n") != std::string_view::npos)
    return fmt::format("invalid newline in {}=... value", key);
  if (key == "GOOS" || key == "GOARCH") {
    if (auto why = key == "GOOS" ? pair_refusal(value, "amd64") : pair_refusal("linux", value);
        !why.empty())
      return why;
  }
  if (key == "GOEXPERIMENT") {
    const auto set = parse_experiments(value, minor, "linux", "amd64");
    if (!set) return set.error().front().message;
  }
  return {};
}

}  // namespace

std::string env_write_refusal(std::string_view argument, int minor) {
  const std::size_t equals = argument.find('=');
  if (equals == std::string_view::npos) {
    return fmt::format("arguments must be KEY=VALUE: invalid argument: {}", argument);
  }
  const std::string_view key = argument.substr(0, equals);
  if (auto why = refused_key(key, minor); !why.empty()) return why;
  return refused_value(key, argument.substr(equals + 1), minor);
}

bool knows_variable(std::string_view name, int minor) {
  return std::any_of(std::begin(known), std::end(known),
                     [&](const Known& one) { return one.name == name && minor >= one.since; });
}

}  // namespace gopol::providers::go
