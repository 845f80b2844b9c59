#include "providers/providers.h"

#include "providers/brew/formula.h"
#include "providers/brew/install.h"
#include "providers/files/directory.h"
#include "providers/files/file.h"
#include "providers/files/line.h"
#include "providers/files/symlink.h"
#include "providers/git/config.h"
#include "providers/go/env/env.h"
#include "providers/go/env/telemetry.h"
#include "providers/go/install/tool.h"
#include "providers/go/install/toolchain.h"
#include "providers/go/module/proxy.h"
#include "providers/go/run/effective_facts.h"
#include "providers/machine/binary.h"
#include "providers/machine/cpu.h"
#include "providers/machine/debug.h"
#include "providers/machine/firewall.h"
#include "providers/machine/os.h"
#include "providers/machine/rosetta.h"
#include "providers/machine/session.h"
#include "providers/machine/sip.h"
#include "providers/path/path.h"
#include "providers/path/profile.h"
#include "providers/path/session_facts.h"
#include "providers/tcc/grant.h"
#include "providers/tcc/pppc_state.h"
#include "providers/xcode/app.h"
#include "providers/xcode/clt.h"
#include "providers/xcode/sdk.h"
#include "providers/xcode/select.h"

namespace gopol::providers {

engine::Providers standard_providers(const engine::Settings& settings, const Labels& labels) {
  engine::Providers out;
  out.push_back(os_provider());
  out.push_back(cpu_provider());
  out.push_back(rosetta_provider());
  out.push_back(user_provider());
  out.push_back(machine_provider());
  out.push_back(run_provider());
  out.push_back(label_provider(labels));
  out.push_back(network_provider());
  out.push_back(go::toolchain_provider(settings));
  out.push_back(go::env_provider());
  out.push_back(go::effective_provider());
  out.push_back(go::proxy_provider());
  out.push_back(go::telemetry_provider());
  out.push_back(go::tool_provider());
  out.push_back(git::config_provider());
  out.push_back(files::file_provider());
  out.push_back(files::directory_provider());
  out.push_back(files::symlink_provider());
  out.push_back(files::line_provider());
  out.push_back(shell::profile_provider());
  out.push_back(path_provider());
  out.push_back(session_provider());
  out.push_back(xcode::clt_provider(settings));
  out.push_back(xcode::select_provider());
  out.push_back(xcode::sdk_provider());
  out.push_back(xcode::app_provider());
  out.push_back(brew::install_provider());
  out.push_back(brew::formula_provider());
  out.push_back(binary_provider());
  out.push_back(debug_provider());
  out.push_back(tcc::grant_provider());
  out.push_back(tcc::pppc_provider());
  out.push_back(sip_provider());
  out.push_back(firewall_provider());
  return out;
}

}  // namespace gopol::providers
