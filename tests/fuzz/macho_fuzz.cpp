// A file of any bytes is read as Mach-O or refused.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "tests/fuzz/macho_fault.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  if (!gopol::tests::macho_fault(bytes).empty()) std::abort();
  return 0;
}
