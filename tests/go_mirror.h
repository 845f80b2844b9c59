#pragma once

#include <map>
#include <string>
#include <vector>

#include "tests/http_server.h"
#include "tests/temp_folder.h"

namespace gopol::tests {

/// The first bytes of a program for Go's `arch`: ELF, or Mach-O with `darwin`.
std::string program_head(const std::string& os, const std::string& arch);

/// A tar.gz of one small Go tree: go/VERSION, go/bin/go, go/src/big (`padding` bytes that do not
/// compress), go/src/Äfoo.go. Made with tar(1) in `temp`; gives its bytes.
struct TinyGo {
  std::string version = "go1.22.2", os = "linux", arch = "amd64";
  std::size_t padding = 1000;
};
std::string archive_of(const TinyGo& go, const TempFolder& temp);

/// One entry of a hand-made archive: `type` as tar has it ('0' file, '1' hard link, '2' symlink,
/// '3' device, '5' folder, '6' pipe).
struct TarEntry {
  std::string name;
  char type = '0';
  std::string content = {}, target = {};
  unsigned mode = 0644;
};
std::string tar_gz_of(const std::vector<TarEntry>& entries, const TempFolder& temp);

/// A mirror's index with one archive in it.
std::string index_of(const TinyGo& go, const std::string& sha256, const std::string& filename = {});

/// The pages of a mirror at `/dl`.
std::map<std::string, Page> mirror_pages(const TinyGo& go, const std::string& archive);
std::string file_name(const TinyGo& go);

}  // namespace gopol::tests
