#include "providers/providers.h"

#include "providers/cpu.h"
#include "providers/files/directory.h"
#include "providers/files/file.h"
#include "providers/files/line.h"
#include "providers/files/symlink.h"
#include "providers/go/env.h"
#include "providers/go/toolchain.h"
#include "providers/os.h"
#include "providers/path.h"
#include "providers/session.h"
#include "providers/shell/profile.h"

namespace gopol::providers {

engine::Providers standard_providers(const engine::Settings& settings, const Labels& labels) {
  engine::Providers out;
  out.push_back(os_provider());
  out.push_back(cpu_provider());
  out.push_back(user_provider());
  out.push_back(machine_provider());
  out.push_back(run_provider());
  out.push_back(label_provider(labels));
  out.push_back(network_provider());
  out.push_back(go::toolchain_provider(settings));
  out.push_back(go::env_provider());
  out.push_back(files::file_provider());
  out.push_back(files::directory_provider());
  out.push_back(files::symlink_provider());
  out.push_back(files::line_provider());
  out.push_back(shell::profile_provider());
  out.push_back(path_provider());
  return out;
}

}  // namespace gopol::providers
