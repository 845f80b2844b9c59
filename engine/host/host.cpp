#include "engine/host/host.h"

#include <cassert>

namespace gopol::engine {

Result<Done> Disk::add_name(const Path& file, const Path&) {
  return dsl::problem("R4002", "`" + file.text + "` gets no further name on this disk");
}

Host::Host(std::unique_ptr<Disk> disk, std::unique_ptr<Programs> programs,
           std::unique_ptr<System> system, std::unique_ptr<Network> network)
    : disk_(std::move(disk)),
      programs_(std::move(programs)),
      system_(std::move(system)),
      network_(std::move(network)) {
  assert(disk_ && programs_ && system_ && network_);
}

}  // namespace gopol::engine
