#include "engine/real/descriptor.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "engine/real/platform.h"

namespace gopol::engine {

int Descriptor::close() {
  const int number = release();
  if (number < 0) return 0;
  // EINTR leaves the descriptor closed on Linux and macOS: closing again could hit another's.
  return ::close(number) == 0 || errno == EINTR ? 0 : errno;
}

Descriptor open_file(const std::string& path, int flags, std::uint32_t mode) {
  while (true) {
    const int number = ::open(path.c_str(), flags | O_CLOEXEC, static_cast<mode_t>(mode));
    if (number >= 0 || errno != EINTR) return Descriptor(number);
  }
}

int write_all(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::write(descriptor, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return errno;
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return 0;
}

int flush(int descriptor) {
  while (const int error = platform::flush(descriptor)) {
    if (error == EINTR) continue;
    return error == EINVAL || error == ENOTSUP ? 0 : error;  // a file system without fsync
  }
  return 0;
}

int flush_folder(const std::string& folder) {
  const Descriptor opened = open_file(folder, O_RDONLY | O_DIRECTORY);
  // A folder we may write but not read (0300) cannot be opened; its entries are not lost by that.
  if (!opened) return errno == EACCES ? 0 : errno;
  return flush(opened.number());
}

int read_some(int descriptor, std::uint64_t offset, std::uint64_t most, std::string& out) {
  // Not into the string itself: it would fill with zeros first what is then read over.
  char buffer[1 << 16];
  while (most > 0) {
    const std::size_t room = static_cast<std::size_t>(std::min<std::uint64_t>(most, sizeof buffer));
    const ssize_t count = ::pread(descriptor, buffer, room, static_cast<off_t>(offset));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return errno;
    if (count == 0) return 0;
    out.append(buffer, static_cast<std::size_t>(count));
    offset += static_cast<std::uint64_t>(count);
    most -= static_cast<std::uint64_t>(count);
  }
  return 0;
}

std::optional<std::string> read_plain_file(const std::string& path, std::uint64_t most) {
  const Descriptor open = open_file(path, O_RDONLY | O_NONBLOCK | O_NOCTTY);
  struct stat status {};
  std::string out;
  if (!open || ::fstat(open.number(), &status) != 0 || !S_ISREG(status.st_mode)) return {};
  if (read_some(open.number(), 0, most + 1, out) != 0 || out.size() > most) return {};
  return out;
}

std::string reason(int error) {
  std::string text = std::strerror(error);
  if (text.size() > 1 && text[0] >= 'A' && text[0] <= 'Z' && text[1] >= 'a') {
    text[0] = static_cast<char>(text[0] - 'A' + 'a');
  }
  return text;
}

}  // namespace gopol::engine
