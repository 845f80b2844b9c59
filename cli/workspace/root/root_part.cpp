#include "cli/workspace/root/root_part.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <string_view>
#include <utility>
#include <vector>

#include "cli/terminal/version.h"
#include "cli/workspace/plan/apply_rights.h"
#include "engine/real/platform.h"

extern char** environ;

namespace gopol::cli {
namespace {

/// What is root's alone: folders of XDG, agents, what sudo leaves. The rest says how a terminal is.
bool stays(std::string_view name) {
  constexpr std::array<std::string_view, 12> kept = {
      "PATH",       "LANG",        "TERM",        "TZ",        "NO_COLOR", "COLORTERM",
      "http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "no_proxy", "SSL_CERT_FILE"};
  return std::find(kept.begin(), kept.end(), name) != kept.end() || name.starts_with("LC_") ||
         name.starts_with("GOPOL_");
}

void set_environment(const engine::Account& user) {
  std::vector<std::string> gone;
  for (char** one = ::environ; *one != nullptr; ++one) {
    std::string name(*one);
    name.erase(std::min(name.find('='), name.size()));
    if (!stays(name)) gone.push_back(std::move(name));
  }
  for (const std::string& name : gone) ::unsetenv(name.c_str());
  ::setenv("HOME", user.home.text.c_str(), 1);
  ::setenv("USER", user.name.c_str(), 1);
  ::setenv("LOGNAME", user.name.c_str(), 1);
  if (!user.shell.empty()) ::setenv("SHELL", user.shell.c_str(), 1);
}

/// For whom, and what it may know of this user's configuration.
engine::RootTask task_for(const Workspace& workspace) {
  const engine::System& system = workspace.host->system();
  const engine::Config::Download& download = workspace.config.download;
  engine::RootTask out;
  out.user = {system.user_name(), system.user_shell(), system.user().home, system.user().uid,
              system.user().gid};
  out.settings.download_go = download.go;
  out.settings.trust_index = download.trust_index;
  out.net.ca = download.ca;
  out.net.proxy = download.proxy;
  out.net.patience = download.patience;
  return out;
}

using Agreed = engine::RootWork;
using Started = dsl::Result<std::unique_ptr<engine::Maker>>;

Started through_sudo(const Workspace& workspace, const Agreed& agreed) {
  const std::string program = engine::platform::program();
  auto process = engine::RootProcess::start(
      engine::sudo_command(program, workspace.host->system().user().uid));
  if (!process) return dsl::problem("R4005", "there is no sudo here");
  if (auto greeted = (*process)->greet(std::string(version_text)); !greeted) return greeted.error();
  return engine::maker_of(std::move(*process), task_for(workspace), agreed);
}

}  // namespace

dsl::Result<dsl::Done> become_user(const Options& options, StartedRoot& started) {
  const std::string& name = options.as_user;
  if (!options.machine.empty())
    return dsl::problem("P0001", "`--as` is of this machine: it does not go with `--machine`");
  if (!is_root()) {
    return dsl::problem("P0001", "only root can be somebody else",
                        fmt::format("`sudo gopol apply --as '{}'`", name));
  }
  const auto user = engine::platform::account(std::string_view(name));
  if (!user) return dsl::problem("P0001", fmt::format("there is no user `{}`", name));
  if (user->uid == 0)
    return dsl::problem("P0001", "root is root without `--as`", "leave it out, or name a user");
  auto process =
      engine::RootProcess::start(engine::root_command(engine::platform::program(), user->uid));
  if (!process) return process.error();
  if (auto greeted = (*process)->greet(std::string(version_text)); !greeted) return greeted.error();
  if (const int error = engine::platform::become(*user); error != 0)
    return dsl::problem("R4002",
                        fmt::format("cannot become `{}`: {}", name, engine::reason(error)));
  set_environment(*user);
  started = std::move(*process);
  return dsl::Done{};
}

engine::RootStart root_start(const Options& options, Workspace& workspace, StartedRoot& started) {
  return [&options, &workspace, &started](const Agreed& agreed) -> Started {
    const RootRight right = root_right(options, workspace);
    switch (right.way) {
      case RootWay::here: return engine::maker_here(workspace.providers, *workspace.host);
      case RootWay::started:
        return engine::maker_of(std::move(started), task_for(workspace), agreed);
      case RootWay::sudo: return through_sudo(workspace, agreed);
      case RootWay::nobody: break;
    }
    return dsl::problem("R4005", right.why);
  };
}

}  // namespace gopol::cli
