#pragma once

#include <chrono>
#include <string>

namespace gopol::engine::net {

/// SIGTERM, SIGINT and SIGHUP ask for an end; what is half done is then taken away in order.
/// Writing to a closed pipe is an error, not an end.
void listen_for_stop();

/// Asks for it ourselves.
void stop();

bool is_stopped();

/// From now on the program ends, with `line` as its answer, once `patience` has passed without a
/// call of `is_alive`: for a library that would wait for a silent server for ever. 0: no longer.
void watch(std::chrono::milliseconds patience, std::string line);
void is_alive();
/// Until the next `is_alive` nobody is timed: a person is asked.
void wait_for_person();

}  // namespace gopol::engine::net
