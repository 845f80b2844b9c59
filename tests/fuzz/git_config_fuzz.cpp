// git's configuration: whatever its bytes, parts cover the text, an edit takes hold, and the parts
// around it keep what they say.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "providers/git/config_edit.h"
#include "tests/fuzz/require.h"

namespace git = gopol::providers::git;
using gopol::tests::require;

namespace {

/// KEY=VALUE of all entries but those of one key.
std::string others(std::string_view text, std::string_view key) {
  std::string out;
  for (const git::ConfigPart& part : git::parse_config(text).parts) {
    if (part.type != git::ConfigPart::Type::entry || part.name == key) continue;
    out += part.name + "=" + part.value.value_or("(none)") + '\0';
  }
  return out;
}

int count(std::string_view text, std::string_view key, const std::string& value) {
  int out = 0;
  for (const git::ConfigPart& part : git::parse_config(text).parts) {
    if (part.type == git::ConfigPart::Type::entry && part.name == key && part.value == value) ++out;
  }
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const git::ConfigText parsed = git::parse_config(text);
  for (std::size_t i = 1; i < parsed.parts.size(); ++i) {
    if (parsed.broken_at == 0) require(parsed.parts[i - 1].end == parsed.parts[i].begin);
  }
  const git::ConfigKey key = *git::parse_config_key("url.a\"b\\.insteadOf");
  const std::string name = key.canonical(), value = " a;\"\\\t\n";
  const auto edited = git::edit_config(text, key, value);
  if (!edited) return 0;
  require(parsed.broken_at == 0);
  require(count(*edited, name, value) == 1);
  require(others(*edited, name) == others(text, name));
  const auto again = git::edit_config(*edited, key, value);
  require(again && *again == *edited);
  const auto gone = git::edit_config(*edited, key, {});
  require(gone.has_value());
  require(others(*gone, name) == others(text, name));
  return 0;
}
