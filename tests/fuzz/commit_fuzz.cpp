// A commit object of any bytes is refused, or taken apart so that the parts make it again.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "engine/source/commit_object.h"
#include "engine/source/trust.h"
#include "tests/fuzz/require.h"

using namespace gopol::engine;
using gopol::tests::require;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view object(reinterpret_cast<const char*>(data), size);
  static_cast<void>(links_of(object));
  const auto commit = read_commit("0123456789012345678901234567890123456789", object);
  if (!commit) {
    require(commit.error().front().code == "T6009");
    return 0;
  }
  require(object_of(*commit) == object);
  require(commit->payload.find('\0') == std::string::npos);
  require(commit->tree.size() == 40);
  const auto revert = trailer(commit->message, "Gopol-Revert");
  require(!revert || commit->message.find(*revert) != std::string::npos);
  return 0;
}
