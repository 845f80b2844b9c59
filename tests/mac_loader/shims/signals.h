#pragma once

#include <csignal>

#include "tests/mac_loader/darwin/processes.h"

namespace gopol::mac_loader {

int signal_here(int darwin_number);
int signal_there(int linux_number);
sigset_t set_here(darwin::SignalSet theirs);
darwin::SignalSet set_there(const sigset_t& ours);

}  // namespace gopol::mac_loader
