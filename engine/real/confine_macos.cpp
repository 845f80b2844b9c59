#include "engine/real/confine.h"

#include <cstdint>

// Declared by hand: sandbox.h is deprecated, without a successor for programs outside a bundle, and
// not every SDK has it. Source: sandbox_init(3).
extern "C" int sandbox_init(const char* profile, std::uint64_t flags, char** error);
extern "C" void sandbox_free_error(char* error);

namespace gopol::engine {

// Unverified on a Mac.
Confinement confine_to_reading() {
  char* error = nullptr;
  if (::sandbox_init(seatbelt_profile, 0, &error) == 0) return {true, "Seatbelt", ""};
  Confinement out{false, "", error != nullptr ? error : "the sandbox refused"};
  ::sandbox_free_error(error);
  return out;
}

Confinement run_confined(const std::function<void()>& work) {
  work();
  return {false, "", "Seatbelt cannot hold a part of a process"};
}

}  // namespace gopol::engine
