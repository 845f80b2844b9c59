#pragma once

#include <map>
#include <string>
#include <utility>

#include "engine/real/programs.h"
#include "engine/real/real_disk.h"
#include "engine/real/real_network.h"
#include "engine/real/scratch.h"

namespace gopol::tests {

/// A machine whose user is ann, with the home /home/ann; what it says can be changed.
struct MadeUpSystem : engine::System {
  std::string platform_name = "linux", machine_name = "x86_64";
  engine::User ann{dsl::Path("/home/ann"), 501, 20};
  std::map<std::string, std::string> variables, sysctls;

  std::string_view platform() const override { return platform_name; }
  const engine::User& user() const override { return ann; }
  std::string user_name() const override { return "ann"; }
  std::string user_shell() const override { return "/bin/bash"; }
  std::optional<std::string> environment(const std::string& name) const override {
    return in(variables, name);
  }
  std::optional<std::string> sysctl(const std::string& name) const override {
    return in(sysctls, name);
  }
  std::string machine() const override { return machine_name; }
  std::string host_name() const override { return "anns"; }
  std::chrono::system_clock::time_point now() const override { return {}; }

 private:
  static std::optional<std::string> in(const std::map<std::string, std::string>& all,
                                       const std::string& name) {
    const auto at = all.find(name);
    return at == all.end() ? std::nullopt : std::optional(at->second);
  }
};

/// That machine on the disk below `root`, where gopol-net (if it was built) unpacks too.
inline engine::Host made_up_host(const dsl::Path& root, MadeUpSystem system = {},
                                 std::unique_ptr<engine::Disk> disk = nullptr) {
  engine::NetSettings net;
#ifdef GOPOL_NET_PROGRAM
  net.program = dsl::Path(GOPOL_NET_PROGRAM);
#endif
  net.root = root;
  if (!disk) disk = engine::rooted_disk(root, engine::Scratch());
  return {std::move(disk), engine::real_programs(),
          std::make_unique<MadeUpSystem>(std::move(system)), engine::net_client(std::move(net))};
}

}  // namespace gopol::tests
