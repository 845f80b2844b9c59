// A compiled requirement of any bytes is read or refused; what was read has a text and a verdict.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "providers/tcc/requirement_blob.h"
#include "providers/tcc/requirement_match.h"
#include "providers/tcc/requirement_text.h"

using namespace gopol::providers::tcc;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const Program program{
      {{gopol::providers::macho::cpu_arm64, CodeIdentity{"a.out", "", "", 2, false}}}, false};
  for (const auto& requirement : {decode_requirement(bytes), parse_requirement(bytes)}) {
    if (!requirement) continue;
    if (to_text(*requirement).empty()) std::abort();
    static_cast<void>(match(*requirement, program));
  }
  return 0;
}
