// Scripts of shells: whatever their bytes, all of them is read or the line that is not is named.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "providers/shell/syntax/parse.h"
#include "tests/fuzz/require.h"

namespace shell = gopol::providers::shell;
using gopol::tests::require;

namespace {

void require_lines(const shell::Command& command, std::uint32_t last) {
  require(command.line >= 1 && command.line <= last);
  for (const shell::Command& part : command.parts) require_lines(part, last);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto lines = static_cast<std::uint32_t>(std::count(text.begin(), text.end(), '\n')) + 1;
  for (const auto dialect :
       {shell::Dialect::posix, shell::Dialect::bash, shell::Dialect::zsh, shell::Dialect::fish}) {
    const shell::Script script = shell::parse_script(text, dialect);
    require(script.broken_at <= lines);
    require((script.broken_at == 0) == (*script.why == '\0'));
    for (const shell::Command& command : script.commands) require_lines(command, lines);
  }
  return 0;
}
