// A file of any bytes holds what Go's linker wrote, or does not.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "providers/go/install/build_info.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace go = gopol::providers::go;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto direct = go::parse_build_info(bytes);
  if (direct && direct->go.empty()) std::abort();
  const auto read = go::read_build_info(gopol::providers::macho::content_of(bytes));
  if (!read && read.error().front().message.empty()) std::abort();
  return 0;
}
