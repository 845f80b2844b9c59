#include "providers/go/install/tool_folder.h"

#include "providers/go/env/env.h"
#include "providers/go/env/env_file.h"
#include "providers/read/reading.h"

namespace gopol::providers::go {

dsl::Path tool_folder(const engine::Host& host) {
  const FileText file = read_text(host, user_env_file(host.system()));
  if (const auto bin = env_file_value(file.text, "GOBIN"); bin && bin->starts_with('/'))
    return dsl::Path(*bin);
  if (const auto all = env_file_value(file.text, "GOPATH"); all && all->starts_with('/'))
    return dsl::Path(all->substr(0, all->find(':'))) / "bin";
  return host.system().user().home / "go/bin";
}

}  // namespace gopol::providers::go
