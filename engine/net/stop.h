#pragma once

namespace gopol::engine::net {

/// SIGTERM, SIGINT and SIGHUP ask for an end; what is half done is then taken away in order.
/// Writing to a closed pipe is an error, not an end.
void listen_for_stop();

/// Asks for it ourselves.
void stop();

bool is_stopped();

}  // namespace gopol::engine::net
