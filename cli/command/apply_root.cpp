#include <unistd.h>

#include <optional>
#include <string>

#include "cli/command/commands.h"
#include "cli/terminal/version.h"
#include "cli/workspace/plan/apply_rights.h"
#include "cli/workspace/policy_origin.h"
#include "cli/workspace/root/served_user.h"
#include "cli/workspace/workspace.h"
#include "engine/root/host_for_user.h"
#include "engine/root/serve.h"

namespace gopol::cli {
Exit apply_root_command(const Options& options) {
  const std::string& uid = options.arguments.front();
  auto pipe = is_root() ? pipes_for(uid) : std::nullopt;
  if (!pipe || ::chdir("/") != 0) {
    report({dsl::problem("P0001", "`gopol apply` alone starts this, as root", "")},
           dsl::SourceMap());
    return Exit::usage;
  }
  forget_environment();
  const engine::QuietPipes quiet;
  if (!pipe->write(engine::detail::hello(std::string(version_text)))) return Exit::not_converged;
  auto task = task_from(*pipe, uid);
  if (!task) return Exit::usage;
  engine::Config config;
  config.download.ca = task->net.ca;
  config.download.proxy = task->net.proxy;
  config.download.patience = task->net.patience;
  engine::Host host = engine::host_for_user(task->user, net_settings(config));
  task->settings.share = share_folder();
  const auto providers = providers::standard_providers(task->settings, {});
  engine::AgreedChanges changes(*task, providers, host);
  engine::serve_root(changes, *pipe);
  return Exit::clean;
}

}  // namespace gopol::cli
