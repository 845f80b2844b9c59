// A property list of any bytes is read or refused; a text is an array of one.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "providers/read/plist_text.h"
#include "providers/read/plist_tree.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  for (const char* key : {"Name", "Names", "Wide", "PackageVersion", ""}) {
    const auto one = gopol::providers::plist_string(bytes, key);
    const auto all = gopol::providers::plist_strings(bytes, key);
    if (one && (!all || all->size() != 1 || all->front() != *one)) std::abort();
  }
  static_cast<void>(gopol::providers::parse_plist(bytes));
  return 0;
}
