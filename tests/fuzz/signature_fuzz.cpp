// A Mach-O file, or a signature alone, of any bytes is read or refused.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "providers/macho/code_signature.h"

namespace macho = gopol::providers::macho;
using namespace gopol::providers::tcc;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  for (const Slice& slice : code_slices(macho::content_of(bytes))) {
    if (slice.signature && slice.signature->cdhash.size() % 40 != 0) std::abort();
  }
  const auto alone = read_signature(bytes, bytes.max_size());
  if (alone && alone->identifier.find('\0') != std::string::npos) std::abort();
  return 0;
}
