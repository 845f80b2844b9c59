// A snapshot of any bytes is no recorded machine, or one whose facts lie in the text and are JSON
// to another reader too.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <string_view>

#include "engine/diff/raw_machine.h"
#include "tests/fuzz/require.h"

using namespace gopol::engine;
using gopol::tests::require;

namespace {

bool is_inside(std::string_view part, std::string_view whole) {
  return part.data() >= whole.data() && part.data() + part.size() <= whole.data() + whole.size();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  RawMachine machine;
  if (!read_machine(text, machine)) return 0;
  for (const RawFact& fact : machine.facts) {
    for (const std::string_view part : {fact.slot, fact.value})
      require(is_inside(part, text) && nlohmann::json::accept(part));
  }
  const RawMachine first = machine;
  require(read_machine(text, machine));  // the room is used again
  require(machine.name == first.name && machine.recorded == first.recorded &&
          machine.facts.size() == first.facts.size());
  return 0;
}
