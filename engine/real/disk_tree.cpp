#include "engine/real/disk_tree.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <climits>
#include <cstring>
#include <memory>
#include <string_view>
#include <vector>

#include "engine/real/descriptor.h"
#include "engine/real/platform.h"

namespace gopol::engine {
namespace {

struct CloseFolder {
  void operator()(DIR* folder) const { ::closedir(folder); }
};

/// Names in an open folder; reading first and acting later keeps readdir out of changing folders.
int names_in(int folder, std::vector<std::string>& out) {
  Descriptor own(::fcntl(folder, F_DUPFD_CLOEXEC, 0));
  if (!own) return errno;
  const std::unique_ptr<DIR, CloseFolder> stream(::fdopendir(own.number()));
  if (!stream) return errno;
  own.release();
  ::rewinddir(stream.get());
  errno = 0;
  while (const dirent* entry = ::readdir(stream.get())) {
    const std::string_view name = entry->d_name;
    if (name != "." && name != "..") out.emplace_back(name);
    errno = 0;
  }
  return errno;
}

/// Opens a folder to be emptied; one we own but may not enter is opened up first.
Descriptor open_to_empty(int parent, const char* name) {
  constexpr int flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
  Descriptor folder(::openat(parent, name, flags));
  if (!folder && errno == EACCES) {
    if (::fchmodat(parent, name, S_IRWXU, AT_SYMLINK_NOFOLLOW) != 0) return Descriptor();
    folder = Descriptor(::openat(parent, name, flags));
  }
  struct stat found {};
  if (folder && ::fstat(folder.number(), &found) == 0 && (found.st_mode & S_IRWXU) != S_IRWXU) {
    ::fchmod(folder.number(), S_IRWXU);  // if it fails, removing below will say so
  }
  return folder;
}

TreeTrouble remove_at(int parent, const std::string& name, const std::string& shown) {
  if (::unlinkat(parent, name.c_str(), 0) == 0 || errno == ENOENT || errno == ENOTDIR) return {};
  // A folder answers EISDIR on Linux, EPERM elsewhere (unlink(2)); only opening it tells for sure.
  const int unlink_error = errno;
  const Descriptor folder = open_to_empty(parent, name.c_str());
  if (!folder) {
    const int error = errno;
    return {error == ENOTDIR || error == ELOOP ? unlink_error : error, shown};
  }
  std::vector<std::string> names;
  if (const int error = names_in(folder.number(), names)) return {error, shown};
  for (const std::string& below : names) {
    if (auto trouble = remove_at(folder.number(), below, shown + "/" + below)) return trouble;
  }
  if (::unlinkat(parent, name.c_str(), AT_REMOVEDIR) == 0 || errno == ENOENT) return {};
  return {errno, shown};
}

int copy_bytes(int from, int to) {
  std::vector<char> buffer(1 << 17);
  while (true) {
    const ssize_t count = ::read(from, buffer.data(), buffer.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return errno;
    if (count == 0) return 0;
    if (const int error = write_all(to, {buffer.data(), static_cast<std::size_t>(count)}))
      return error;
  }
}

int set_times(int parent, const char* name, const struct stat& like) {
  return ::utimensat(parent, name, platform::times(like).data(), AT_SYMLINK_NOFOLLOW) == 0 ? 0
                                                                                           : errno;
}

int copy_file(int from_folder, int to_folder, const char* name, const char* new_name,
              const struct stat& like) {
  const Descriptor from(
      ::openat(from_folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
  if (!from) return errno;
  Descriptor to(::openat(to_folder, new_name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  if (!to) return errno;
  if (const int error = copy_bytes(from.number(), to.number())) return error;
  if (::fchmod(to.number(), like.st_mode & 07777) != 0) return errno;
  return to.close();
}

int copy_link(int from_folder, int to_folder, const char* name, const char* new_name) {
  char target[PATH_MAX];
  const ssize_t count = ::readlinkat(from_folder, name, target, sizeof target - 1);
  if (count < 0) return errno;
  target[count] = '\0';
  return ::symlinkat(target, to_folder, new_name) == 0 ? 0 : errno;
}

TreeTrouble copy_at(int from_parent, const std::string& name, int to_parent,
                    const std::string& new_name, const std::string& shown);

TreeTrouble copy_folder(int from_parent, const std::string& name, int to_parent,
                        const std::string& new_name, const std::string& shown,
                        const struct stat& like) {
  constexpr int flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
  const Descriptor from(::openat(from_parent, name.c_str(), flags));
  if (!from || ::mkdirat(to_parent, new_name.c_str(), 0700) != 0) return {errno, shown};
  const Descriptor to(::openat(to_parent, new_name.c_str(), flags));
  if (!to) return {errno, shown};
  std::vector<std::string> names;
  if (const int error = names_in(from.number(), names)) return {error, shown};
  for (const std::string& below : names) {
    if (auto trouble = copy_at(from.number(), below, to.number(), below, shown + "/" + below)) {
      return trouble;
    }
  }
  // Last: a read-only folder would have refused its own files.
  if (::fchmod(to.number(), like.st_mode & 07777) != 0) return {errno, shown};
  return {};
}

TreeTrouble copy_at(int from_parent, const std::string& name, int to_parent,
                    const std::string& new_name, const std::string& shown) {
  struct stat found {};
  if (::fstatat(from_parent, name.c_str(), &found, AT_SYMLINK_NOFOLLOW) != 0) return {errno, shown};
  TreeTrouble trouble;
  if (S_ISDIR(found.st_mode)) {
    trouble = copy_folder(from_parent, name, to_parent, new_name, shown, found);
  } else if (S_ISLNK(found.st_mode)) {
    trouble = {copy_link(from_parent, to_parent, name.c_str(), new_name.c_str()), shown};
  } else if (S_ISREG(found.st_mode)) {
    trouble = {copy_file(from_parent, to_parent, name.c_str(), new_name.c_str(), found), shown};
  } else {
    trouble = {EINVAL, shown};
  }
  if (trouble) return trouble;
  return {set_times(to_parent, new_name.c_str(), found), shown};
}

}  // namespace

TreeTrouble remove_real_tree(const Spot& spot, const std::string& shown) {
  const bool gone = spot.error() == ENOENT || spot.error() == ENOTDIR;
  if (spot.error() != 0) return gone ? TreeTrouble() : TreeTrouble{spot.error(), shown};
  return remove_at(spot.folder(), spot.name(), shown);
}

TreeTrouble remove_real_tree(const std::string& path) { return remove_at(AT_FDCWD, path, path); }

TreeTrouble copy_real_tree(const std::string& from, const std::string& to) {
  return copy_at(AT_FDCWD, from, AT_FDCWD, to, from);
}

}  // namespace gopol::engine
