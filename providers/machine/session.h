#pragma once

#include <memory>

#include "engine/plan/provider.h"
#include "providers/machine/labels.h"

namespace gopol::providers {

std::unique_ptr<engine::Provider> user_provider();     ///< user.home, name, shell
std::unique_ptr<engine::Provider> machine_provider();  ///< machine.name, id, ring, managed
std::unique_ptr<engine::Provider> run_provider();      ///< run.date
std::unique_ptr<engine::Provider> label_provider(Labels labels);  ///< label.NAME
std::unique_ptr<engine::Provider> network_provider();             ///< network.reaches["host"]

}  // namespace gopol::providers
