#pragma once

#include <array>
#include <cstddef>
#include <cstdio>
#include <cstdlib>

namespace gopol::cli {

/// The one table of exit codes (README).
enum class Exit : int {
  clean = 0,
  findings = 1,       ///< syntax and type errors, failed tests, `warn`, `on unknown fail`
  pending = 2,        ///< changes pending
  not_converged = 3,  ///< or a provider failed
  unknown_left = 4,   ///< under --strict
  not_trusted = 5,
  usage = 64,
  our_bug = 70,
};

/// If several hold, the first of 70, 64, 5, 3, 1, 4, 2, 0.
constexpr Exit worse(Exit a, Exit b) {
  constexpr std::array order = {Exit::our_bug,       Exit::usage,    Exit::not_trusted,
                                Exit::not_converged, Exit::findings, Exit::unknown_left,
                                Exit::pending,       Exit::clean};
  const auto rank = [&](Exit code) {
    std::size_t at = 0;
    while (order[at] != code) ++at;
    return at;
  };
  return rank(a) < rank(b) ? a : b;
}

/// Ends the program at once, with all that was printed: what a large policy took is given back by
/// the system in one go, not piece by piece.
[[noreturn]] inline void leave(Exit code) {
  std::fflush(nullptr);
  std::_Exit(static_cast<int>(code));
}

}  // namespace gopol::cli
