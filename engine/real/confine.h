#pragma once

#include <functional>
#include <string>

namespace gopol::engine {

/// What the operating system holds us to from now on.
struct Confinement {
  bool enforced = false;
  std::string name;    ///< `Landlock ABI 3`; empty if nothing is enforced
  std::string reason;  ///< why not
};

/// What Seatbelt, macOS' sandbox, is told: the last rule that matches counts. Here, so that every
/// system tries it. Source: the profiles in /usr/share/sandbox of macOS.
inline constexpr const char* seatbelt_profile =
    "(version 1)(allow default)(deny file-write*)(allow file-write-data (literal \"/dev/null\"))";

/// Takes the right to write files from this process and all it will start, for good: no file is
/// made, changed, renamed or removed any more (/dev/null excepted), nor its mode, owner, times or
/// attributes set, nor another process reached into. What is open for writing stays so. Not held
/// off: what a program asks another one to do, by a socket.
Confinement confine_to_reading();

/// Does `work`, and waits for it, without the right to write, while this process keeps it: an apply
/// plans that way. Linux holds single threads to rules, so `work` gets one of its own; Seatbelt
/// holds whole processes only, so there `work` is done unconfined. What `work` throws is thrown.
Confinement run_confined(const std::function<void()>& work);

}  // namespace gopol::engine
