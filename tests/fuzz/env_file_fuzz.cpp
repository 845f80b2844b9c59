// The env file: whatever its bytes, an edit takes hold, settles, and can be taken out again.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "providers/go/env/env_file.h"
#include "tests/fuzz/require.h"

namespace go = gopol::providers::go;
using gopol::tests::require;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const std::string once = go::edit_env_file(text, {{"GOPROXY", "direct"}});
  require(go::env_file_value(once, "GOPROXY") == "direct");
  // As with `go env -w`, a removed duplicate parts a block for the sorting of that one edit.
  const std::string twice = go::edit_env_file(once, {{"GOPROXY", "direct"}});
  require(go::edit_env_file(twice, {{"GOPROXY", "direct"}}) == twice);
  const std::string gone = go::edit_env_file(once, {{"GOPROXY", {}}});
  require(!go::env_file_value(gone, "GOPROXY"));
  for (const char* other : {"GOFLAGS", "GOSUMDB", "A"}) {
    require(go::env_file_value(gone, other) == go::env_file_value(text, other));
  }
  return 0;
}
