#pragma once

#include "engine/host/host.h"
#include "engine/real/real_network.h"
#include "engine/real/real_system.h"

namespace gopol::engine {

/// This machine as root has it who works for a user: the home is the user's, and no environment is
/// heard. What is made in that home is the user's, never root's; nothing is moved into it. Programs
/// are run as the user, or through sudo as whom they ask for. A change of the disk is not broken
/// off in the middle by a signal.
Host host_for_user(const Account& user, NetSettings net);

/// The disk of that host, on top of another; apart, for tests.
std::unique_ptr<Disk> disk_for_user(const Account& user, std::unique_ptr<Disk> disk);

}  // namespace gopol::engine
