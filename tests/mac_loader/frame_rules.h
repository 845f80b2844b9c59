#pragma once

#include <cstdint>
#include <string>

namespace gopol::mac_loader {

/// What `encoding` says of the function at `function`, in DWARF's instructions: where its caller's
/// registers are while it calls. Empty: nothing is to be said, since `__eh_frame` has it or since
/// it calls nothing.
std::string frame_rules(std::uint32_t encoding, std::uint64_t function);

/// Bytes of DWARF's.
void put_uleb(std::string& out, std::uint64_t number);

}  // namespace gopol::mac_loader
