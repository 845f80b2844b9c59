#include "providers/brew/prefix.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <optional>
#include <utility>

#include "providers/read/go_text.h"
#include "providers/read/mac.h"
#include "providers/read/program.h"
#include "providers/read/reading.h"

namespace gopol::providers::brew {
namespace {

using dsl::Path;
using engine::FileStatus;
using engine::Host;

constexpr std::chrono::minutes deadline{60};  // a formula without a bottle is compiled

std::string native_arch(const Host& host) {
  if (is_mac(host)) return is_apple_silicon(host) ? "arm64" : "x86_64";
  return host.system().machine() == "aarch64" ? "arm64" : host.system().machine();
}

/// Where a Homebrew may be, and for which processor. `needs_proof`: a program of that name there
/// need not be one.
struct Place {
  Path path;
  std::string arch;
  bool needs_proof = true;
};

/// The usual places first, by processor on a Mac; of Linux the processor is the machine's. Then
/// where people put their own: in their home, where HOMEBREW_PREFIX says, where PATH leads.
std::vector<Place> places(const Host& host) {
  const std::string native = native_arch(host);
  const Path home = host.system().user().home;
  std::vector<Place> out;
  if (!is_mac(host)) {
    out = {{Path("/home/linuxbrew/.linuxbrew"), native, false}};
  } else if (is_apple_silicon(host)) {
    out = {{Path("/opt/homebrew"), "arm64", false}, {Path("/usr/local"), "x86_64"}};
  } else {
    out = {{Path("/usr/local"), "x86_64", false}, {Path("/opt/homebrew"), "arm64"}};
  }
  out.push_back({home / "homebrew", native});
  out.push_back({home / ".linuxbrew", native});
  if (const auto prefix = host.system().environment("HOMEBREW_PREFIX");
      prefix && prefix->starts_with('/'))
    out.push_back({Path(*prefix), native});
  const std::string folders = host.system().environment("PATH").value_or("");
  for (const std::string_view folder : go::split(folders, ':'))
    if (folder.starts_with('/') && Path(folder).name() == "bin")
      out.push_back({Path(folder).parent(), native});
  return out;
}

/// Homebrew's own programs, or what it installed: a wrapper named brew has neither.
bool has_homebrew(const Path& prefix, const Host& host) {
  for (const char* part : {"Library/Homebrew", "Homebrew/Library/Homebrew", "Cellar"}) {
    const auto status = host.disk().stat_target(prefix / part);
    if (!status || status->type == FileStatus::Type::folder) return true;
  }
  return false;
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
    const auto is_it = [&](const Prefix& one) { return one.path == place.path; };
    if (std::any_of(out.all.begin(), out.all.end(), is_it)) continue;
    const auto brew = host.disk().stat_target(place.path / "bin/brew");
    if (!brew) out.trouble = unknown(brew.error());
    if (!brew || brew->type != FileStatus::Type::regular) continue;
    if (place.needs_proof && !has_homebrew(place.path, host)) continue;
    out.all.push_back({place.path, place.arch,
                       is_apple_silicon(host) && (place.arch != native || program_translated)});
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
