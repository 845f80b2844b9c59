#pragma once

#include <string>
#include <string_view>

namespace gopol::engine::net {

/// From now on libgit2 connects through sockets of ours (not for ssh, which needs its own): they
/// send at once what is written, where its own wait 40 ms for an answer amid a handshake, and every
/// byte that comes is a sign of life.
void use_own_sockets();

/// What our sockets saw of a server. libgit2's own errors do not tell a line that broke from a
/// server that sends rubbish.
struct Line {
  bool used = false;      ///< a connection came about
  bool broken = false;    ///< no address, no connection, or an error of the network
  bool ended = false;     ///< the server closed it
  bool too_long = false;  ///< the list of references passed its limit
};
const Line& line();

/// From now on the list of references comes, of which only so many bytes are read, or the objects.
void expect_list();
void expect_objects();

/// Whether somebody listens there: for ssh, whose sockets are libgit2's.
bool can_connect(const std::string& host, const std::string& port);

/// Begins to connect to a git:// server, which the first of our sockets then goes on with: it has a
/// program to start, and libgit2 reads all certificates of the system meanwhile.
void connect_early(std::string_view url);

}  // namespace gopol::engine::net
