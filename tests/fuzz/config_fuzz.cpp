// gopol.toml of any bytes is refused at a place in it, or read; and an address of any bytes has one
// canonical form.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "dsl/value/diagnostic.h"
#include "engine/encoding/repository_address.h"
#include "engine/encoding/toml.h"
#include "tests/fuzz/require.h"

using namespace gopol;
using gopol::tests::require;

namespace {

void check(const engine::detail::TomlValue& value, std::size_t size) {
  require(value.span.begin <= value.span.end && value.span.end <= size);
  for (const auto& element : value.list) check(element, size);
  for (const auto& entry : value.entries) {
    require(entry.span.end <= size);
    check(entry.value, size);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  const std::string canonical = engine::canonical_repository(text);
  if (canonical.starts_with('/')) require(engine::canonical_repository(canonical) == canonical);
  const std::string path = engine::canonical_path(text);
  require(engine::canonical_path(path) == path);
  dsl::SourceMap sources;
  const auto source = sources.add("gopol.toml", text);
  const auto document = engine::detail::parse_toml(source, sources);
  if (document) {
    check(*document, size);
  } else {
    for (const auto& problem : document.error()) require(!dsl::render(problem, sources).empty());
  }
  return 0;
}
