#pragma once

#include <chrono>
#include <thread>

namespace gopol::tests {

/// Waits for an event, never for a time to have passed: until `holds()`. False if it has not
/// happened after three minutes, which no machine needs.
template <class Condition>
bool wait_for(Condition holds) {
  for (int looks = 0; looks < 18'000; ++looks) {
    if (holds()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return false;
}

}  // namespace gopol::tests
