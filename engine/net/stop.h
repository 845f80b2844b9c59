#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
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
/// Bytes that come (`heard`) are a sign of life each time that they are `toll` in all, so that one
/// now and then is none; 0: never, all must be there in time.
void watch(std::chrono::milliseconds patience, std::string line, std::size_t toll = 0);
void is_alive();
void heard(std::size_t bytes);
/// Until the next `is_alive` nobody is timed: a person is asked.
void wait_for_person();

}  // namespace gopol::engine::net
