// A verified policy or a trust floor of any bytes is refused, or read: then it is written, and read
// again as the same.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "engine/source/bundle.h"
#include "engine/source/trust_floor.h"
#include "tests/fuzz/require.h"

using namespace gopol::engine;
using gopol::tests::require;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto bundle = parse_bundle(text)) {
    const auto again = parse_bundle(to_text(*bundle));
    require(again.has_value() && *again == *bundle);
  }
  if (const auto floor = TrustFloor::parse(text)) {
    const auto again = TrustFloor::parse(floor->text());
    require(again.has_value() && again->text() == floor->text());
  }
  return 0;
}
