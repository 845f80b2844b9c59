#pragma once

#include <string_view>

namespace gopol::engine::net {

/// From now on libgit2 connects through sockets of ours (not for ssh, which needs its own): they
/// send at once what is written, where its own wait 40 ms for an answer amid a handshake, and every
/// byte that comes is a sign of life.
void use_own_sockets();

/// Begins to connect to a git:// server, which the first of our sockets then goes on with: it has a
/// program to start, and libgit2 reads all certificates of the system meanwhile.
void connect_early(std::string_view url);

}  // namespace gopol::engine::net
