// A Mac with one damaged file, of all or of one kind: whatever is in it, each fact that is read
// from it has an answer of its type, or is unknown with a reason. Receipts, property lists,
// databases, JSON, programs, profiles, modules: all there are.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "tests/fuzz/machine_fault.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto fault =
      gopol::tests::machine_fault({reinterpret_cast<const char*>(data), size}, GOPOL_FILE_ENDING);
  if (fault.empty()) return 0;
  std::fprintf(stderr, "%s\n", fault.c_str());
  std::abort();
}
