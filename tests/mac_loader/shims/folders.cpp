// `<dirent.h>` of Darwin.
#include <dirent.h>

#include <cstring>

#include "tests/mac_loader/darwin/files.h"
#include "tests/mac_loader/names.h"

namespace gopol::mac_loader {
namespace {

darwin::Dirent* next_entry(DIR* folder) {
  static thread_local darwin::Dirent entry;
  const dirent* ours = ::readdir(folder);
  if (ours == nullptr) return nullptr;
  entry = {};
  entry.ino = ours->d_ino;
  entry.seekoff = static_cast<std::uint64_t>(ours->d_off);
  entry.type = ours->d_type;
  entry.namlen = static_cast<std::uint16_t>(std::strlen(ours->d_name));
  std::memcpy(entry.name, ours->d_name, entry.namlen);
  constexpr std::size_t head = offsetof(darwin::Dirent, name);
  entry.reclen = static_cast<std::uint16_t>((head + entry.namlen + 1 + 7) & ~std::size_t{7});
  return &entry;
}

}  // namespace

void add_folders(Names& names) {
  names.add(inode64("_opendir"), ::opendir);
  names.add(inode64("_fdopendir"), ::fdopendir);
  names.add(inode64("_readdir"), next_entry);
  names.add(inode64("_rewinddir"), ::rewinddir);
}

}  // namespace gopol::mac_loader
