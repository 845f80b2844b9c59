#include "engine/real/scratch.h"

#include <stdlib.h>  // mkdtemp; on macOS it is in unistd.h
#include <unistd.h>

#include <cerrno>

#include "engine/real/disk_tree.h"
#include "engine/real/rooted_path.h"

namespace gopol::engine {

dsl::Result<Scratch> Scratch::make() {
  const char* folder = std::getenv("TMPDIR");
  const std::string base = folder != nullptr && folder[0] == '/' ? folder : "/tmp";
  std::string path = dsl::Path(base + "/gopol-XXXXXX").text;
  if (::mkdtemp(path.data()) == nullptr) {
    return disk_problem("make a scratch folder in", dsl::Path(base), errno,
                        "set TMPDIR to a folder you may write");
  }
  return Scratch(std::move(path));
}

Scratch::~Scratch() {
  if (!path_.empty()) remove_real_tree(path_);
}

}  // namespace gopol::engine
