#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gopol::engine {

/// One fact as a snapshot spells it: two JSON texts, valid while the snapshot's text is.
struct RawFact {
  std::string_view slot, value;
  bool inherited = false;
};

/// A recorded machine, not yet understood: most of it no policy asks for.
struct RawMachine {
  std::string name, recorded;  ///< empty: the snapshot does not say
  std::vector<RawFact> facts;
};

/// Reads a snapshot of facts (`gopol facts --record`) into `out`, whose room is used again. False
/// if it is none: no JSON, another version, a fact without slot or value.
bool read_machine(std::string_view json, RawMachine& out);

}  // namespace gopol::engine
