#include "providers/brew/prefix.h"

#include <fmt/format.h>

#include <chrono>
#include <optional>
#include <utility>

#include "providers/read/mac.h"
#include "providers/read/program.h"
#include "providers/read/reading.h"

namespace gopol::providers::brew {
namespace {

using dsl::Path;
using engine::FileStatus;
using engine::Host;

constexpr std::chrono::minutes deadline{60};  // a formula without a bottle is compiled

struct Place {
  const char* path;
  const char* arch;
};

/// Where Homebrew is: by processor on a Mac. Of Linux the processor is the machine's.
std::vector<Place> places(const Host& host) {
  if (!is_mac(host)) return {{"/home/linuxbrew/.linuxbrew", nullptr}};
  if (is_apple_silicon(host)) return {{"/opt/homebrew", "arm64"}, {"/usr/local", "x86_64"}};
  return {{"/usr/local", "x86_64"}, {"/opt/homebrew", "arm64"}};
}

std::string native_arch(const Host& host) {
  if (is_mac(host)) return is_apple_silicon(host) ? "arm64" : "x86_64";
  return host.system().machine() == "aarch64" ? "arm64" : host.system().machine();
}

/// What keeps brew quiet and to what was asked: no cleanup of other kegs, no upgrade of them.
std::vector<std::pair<std::string, std::string>> environment() {
  std::vector<std::pair<std::string, std::string>> out;
  for (const char* name : {"HOMEBREW_NO_ASK", "HOMEBREW_NO_AUTO_UPDATE", "HOMEBREW_NO_ENV_HINTS",
                           "HOMEBREW_NO_INSTALLED_DEPENDENTS_CHECK", "HOMEBREW_NO_INSTALL_CLEANUP",
                           "HOMEBREW_NO_INSTALL_UPGRADE"})
    out.emplace_back(name, "1");
  return out;
}

/// On Apple silicon a program runs as whoever started it does, unless arch(1) says otherwise.
std::vector<std::string> command(const Prefix& prefix, std::vector<std::string> arguments) {
  std::vector<std::string> out;
  if (prefix.translated) {
    out = {"/usr/bin/arch", prefix.arch == "arm64" ? "-arm64" : "-x86_64"};
  }
  out.push_back((prefix.path / "bin/brew").text);
  for (std::string& argument : arguments) out.push_back(std::move(argument));
  return out;
}

/// The user whom brew runs as; nothing: whoever runs gopol. Errors: the prefix is root's.
dsl::Result<std::optional<std::uint32_t>> owner(const Prefix& prefix, const Host& host) {
  const bool mine = host.system().user().uid != root_user && host.disk().is_writable(prefix.path);
  if (mine) return std::optional<std::uint32_t>();
  const auto status = host.disk().stat_target(prefix.path);
  if (!status) return status.error();
  if (status->uid != root_user) return std::optional(status->uid);
  return dsl::problem(
      "R4002", fmt::format("{} belongs to root, and brew refuses to run as root", prefix.path.text),
      fmt::format("give it to the user who installs: `sudo chown -R USER {}`", prefix.path.text));
}

}  // namespace

Prefixes prefixes(const Host& host) {
  const bool program_translated = host.system().sysctl("sysctl.proc_translated") == "1";
  const std::string native = native_arch(host);
  Prefixes out;
  for (const Place& place : places(host)) {
    const auto brew = host.disk().stat_target(Path(place.path) / "bin/brew");
    if (!brew) out.trouble = unknown(brew.error());
    if (!brew || brew->type != FileStatus::Type::regular) continue;
    const std::string arch = place.arch == nullptr ? native : place.arch;
    out.all.push_back(
        {Path(place.path), arch, is_apple_silicon(host) && (arch != native || program_translated)});
  }
  return out;
}

dsl::Result<engine::Output> run_brew(const Prefix& prefix, std::vector<std::string> arguments,
                                     Host& host) {
  const auto user = owner(prefix, host);
  if (!user) return user.error();
  return run_program({.argv = command(prefix, std::move(arguments)),
                      .environment = environment(),
                      .deadline = deadline,
                      .user = *user},
                     host);
}

bool needs_other_user(const Prefix& prefix, const Host& host) {
  const auto user = owner(prefix, host);
  return !user || user->has_value();
}

}  // namespace gopol::providers::brew
