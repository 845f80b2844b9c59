#include "providers/go/env/env_view.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <iterator>
#include <utility>

#include "dsl/value/go_version.h"
#include "providers/go/env/env.h"
#include "providers/go/env/env_file.h"
#include "providers/go/env/env_variables.h"
#include "providers/path/path.h"
#include "providers/read/mac.h"

namespace gopol::providers::go {
namespace {

using dsl::Path;

constexpr int first_with_go_env = 21;

template <class List>
bool is_among(const List& list, std::string_view name) {
  return std::find(std::begin(list), std::end(list), name) != std::end(list);
}

/// What go itself is built for, as far as gopol runs there.
std::string own_os(const engine::Host& host) { return is_mac(host) ? "darwin" : "linux"; }

std::string own_arch(const engine::Host& host) {
  const std::string machine = host.system().machine();
  const bool is_arm = machine == "arm64" || machine == "aarch64" || is_apple_silicon(host);
  return is_arm ? "arm64" : machine == "x86_64" ? "amd64" : machine;
}

bool is_value(std::string_view name, std::string_view text) {
  return !text.empty() && (name != "CGO_ENABLED" || text == "0" || text == "1");
}

}  // namespace

int go_minor(std::string_view name) {
  const auto parts = dsl::go_version::parse(name.substr(std::min<std::size_t>(2, name.size())));
  int minor = 0;
  std::from_chars(parts.minor.data(), parts.minor.data() + parts.minor.size(), minor);
  return parts.major == "1" && minor >= 16 ? minor : 0;
}

bool is_before_go_env(const GoRelease& go) { return go.minor != 0 && go.minor < first_with_go_env; }

GoRelease release_in(const engine::Host& host, const Path& root) {
  if (root.empty()) return {};
  constexpr std::uint64_t most = 4096;  // bytes
  const auto text = host.disk().read(root / "VERSION", {0, most});
  const std::string line = text && *text ? first_line(**text) : "";
  GoRelease out{root, line.substr(0, line.find_first_of(" \t")), 0};
  out.minor = go_minor(out.name);
  return out;
}

GoRelease release_of_user(const engine::Host& host, const AskLogin& login) {
  const Path link = default_toolchain_link(host.system());
  const auto there = host.disk().stat_target(link);
  if (there && there->type == engine::FileStatus::Type::folder) return release_in(host, link);
  const FirstProgram first = first_program("go", login().entries, host);
  const auto* program = first.path.as<Path>();
  if (program == nullptr) return {};
  const auto real = host.disk().resolve(*program);
  GoRelease out = release_in(host, (real && *real ? **real : *program).parent().parent());
  return out.name.empty() ? GoRelease{} : out;  // a shim
}

bool is_set_by_toolchain(std::string_view name) {
  constexpr std::string_view names[] = {"GOPROXY", "GOSUMDB", "GOTOOLCHAIN"};
  return is_among(names, name);
}

EnvView::EnvView(const engine::Host& host, AskLogin login, GoRelease go, Environment environment)
    : host_(host),
      login_(std::move(login)),
      go_(std::move(go)),
      environment_(std::move(environment)) {
  const std::string elsewhere = environment_("GOENV");
  if (elsewhere != "off") {
    user_path_ = elsewhere.empty() ? user_env_file(host.system()) : Path(elsewhere);
    if (user_path_.is_absolute()) user_ = read_text(host, user_path_);
  }
  // A GOROOT that is set, even a wrong one, is where go looks for its go.env.
  std::string root = env_file_value(user_.text, "GOROOT", EnvFile::of_user).value_or("");
  if (root.empty()) root = environment_("GOROOT");
  const Path tree = root.empty() ? go_.root : Path(root);
  if (!tree.is_absolute() || is_before_go_env(go_)) return;
  toolchain_path_ = tree / "go.env";
  toolchain_ = read_text(host, toolchain_path_);
}

std::optional<EnvSaid> EnvView::said(std::string_view name) const {
  using enum EnvSaid::Layer;
  if (std::string text = environment_(name); !text.empty())
    return EnvSaid{process, std::move(text), {}};
  if (auto text = env_file_value(user_.text, name, EnvFile::of_user))
    return EnvSaid{user_file, std::move(*text), user_path_};
  if (name == "GOROOT") return {};  // a tree says nothing of itself
  if (auto text = env_file_value(toolchain_.text, name, EnvFile::of_toolchain))
    return EnvSaid{toolchain, std::move(*text), toolchain_path_};
  return {};
}

std::string EnvView::text(std::string_view name) const {
  auto set = said(name);
  if (set && is_value(name, set->text)) return std::move(set->text);
  const bool hides = set && is_set_by_toolchain(name) && !is_before_go_env(go_);
  return hides ? "" : fallback(name);
}

std::string EnvView::compiler(std::string_view of_clang, std::string_view of_gcc) const {
  constexpr std::string_view with_clang[] = {"darwin", "ios", "freebsd", "openbsd"};
  return std::string(is_among(with_clang, text("GOOS")) ? of_clang : of_gcc);
}

/// On for this machine if there is a compiler; since 1.20 that is looked for, unless the
/// environment names one. Source: cmd/go/internal/cfg.defaultContext.
std::string EnvView::cgo() const {
  constexpr int first_that_looks = 20;
  if (text("GOOS") != own_os(host_) || text("GOARCH") != own_arch(host_)) return "0";
  if (!environment_("CC").empty()) return "1";
  if (go_.minor != 0 && go_.minor < first_that_looks) return "1";
  const FirstProgram found = first_program(compiler("clang", "gcc"), login_().entries, host_);
  return found.path.is_absent() ? "0" : "1";
}

std::string EnvView::cache() const {
  const Path& home = host_.system().user().home;
  if (is_mac(host_)) return (home / "Library/Caches/go-build").text;
  const std::string folder = environment_("XDG_CACHE_HOME");
  return ((folder.empty() ? home / ".cache" : Path(folder)) / "go-build").text;
}

std::string EnvView::in_first_gopath(std::string_view name) const {
  const std::string all = text("GOPATH");
  const std::string first = all.substr(0, all.find(':'));
  return first.empty() ? "" : (Path(first) / name).text;
}

std::string EnvView::fallback(std::string_view name) const {
  constexpr int first_with_this_order = 20;  // of the flags
  constexpr int first_with_bin = 27;         // where `go env` says where programs go
  if (is_set_by_toolchain(name) && go_.minor >= first_with_go_env) return {};
  if (name == "GOTOOLCHAIN" && is_before_go_env(go_)) return {};
  if (name == "GONOPROXY" || name == "GONOSUMDB") return text("GOPRIVATE");
  if (name == "GOPATH") return (host_.system().user().home / "go").text;
  if (name == "GOMODCACHE") return in_first_gopath("pkg/mod");
  if (name == "GOBIN" && go_.minor >= first_with_bin) return in_first_gopath("bin");
  if (name == "GOCACHE") return cache();
  if (name == "GOROOT") {
    const auto real = host_.disk().resolve(go_.root);
    return real && *real ? (*real)->text : go_.root.text;
  }
  if (name == "GOOS") return own_os(host_);
  if (name == "GOARCH") return own_arch(host_);
  if (name == "CC") return compiler("clang", "gcc");
  if (name == "CXX") return compiler("clang++", "g++");
  if (name == "CGO_ENABLED") return cgo();
  const EnvVariable* variable = find_env_variable(name);
  if (variable == nullptr) return {};
  if (variable->built_in == "-O2 -g" && go_.minor != 0 && go_.minor < first_with_this_order)
    return "-g -O2";
  return std::string(variable->built_in);
}

}  // namespace gopol::providers::go
