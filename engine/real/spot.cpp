#include "engine/real/spot.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <string_view>

#include "engine/real/platform.h"
#include "engine/real/write_file.h"

namespace gopol::engine {
namespace {

bool is_link(int folder, const char* name) {
  struct stat found {};
  return ::fstatat(folder, name, &found, AT_SYMLINK_NOFOLLOW) == 0 && S_ISLNK(found.st_mode);
}

Descriptor open_folder(int at, const std::string& name) {
  while (true) {
    const int number =
        ::openat(at, name.c_str(), platform::search_flags() | O_NOFOLLOW | O_CLOEXEC);
    if (number >= 0 || errno != EINTR) return Descriptor(number);
  }
}

}  // namespace

int Spot::flush() const {
  const Descriptor readable(::openat(folder_.number(), ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  // A folder we may write but not read (0300) cannot be opened; its entries are not lost by that.
  if (!readable) return errno == EACCES ? 0 : not_durable;
  return engine::flush(readable.number()) == 0 ? 0 : not_durable;
}

void Spot::enter(const std::string& name, Missing missing) {
  Descriptor next = open_folder(folder_.number(), name);
  int error = next ? 0 : errno;
  if (error == ENOENT && missing == Missing::make) {
    const int made = ::mkdirat(folder_.number(), name.c_str(), mode_on_the_way);
    error = made == 0 || errno == EEXIST ? flush() : errno;
    if (error == 0) next = open_folder(folder_.number(), name);
    if (error == 0 && !next) error = errno;
  }
  if (!next && error != not_durable && is_link(folder_.number(), name.c_str())) error = link_came;
  error_ = error;
  if (error == 0) folder_ = std::move(next);
}

Spot Spot::inside(const std::string& root, const std::string& path, Missing missing) {
  Spot out;
  out.folder_ = open_file(root.empty() ? "/" : root, platform::search_flags());
  if (!out.folder_) out.error_ = errno;
  std::string_view rest = path;
  while (out.error_ == 0) {
    rest.remove_prefix(std::min(rest.find_first_not_of('/'), rest.size()));
    const std::size_t end = rest.find('/');
    out.name_ = rest.empty() ? "." : std::string(rest.substr(0, end));
    if (end == rest.npos) return out;
    rest.remove_prefix(end);
    out.enter(out.name_, missing);
  }
  return out;
}

Spot Spot::at(const std::string& path) {
  Spot out;
  const std::size_t slash = path.rfind('/');
  const std::string folder =
      slash == path.npos ? "." : path.substr(0, std::max<std::size_t>(slash, 1));
  out.name_ = slash == path.npos ? path : path.substr(slash + 1);
  if (out.name_.empty()) out.name_ = ".";
  out.folder_ = open_file(folder, platform::search_flags());
  if (!out.folder_) out.error_ = errno;
  return out;
}

}  // namespace gopol::engine
