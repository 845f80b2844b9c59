#include "engine/real/write_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "engine/real/descriptor.h"
#include "engine/real/xattrs.h"

namespace gopol::engine {
namespace {

std::string folder_of(const std::string& path) { return Path(path).parent().text; }

/// A name nobody uses, in the same folder, so that the rename stays on one file system.
std::string name_beside(const std::string& path, unsigned attempt) {
  return folder_of(path) + "/" + temporary_names(std::to_string(::getpid())) +
         std::to_string(attempt);
}

constexpr unsigned most_attempts = 100;  // a crashed process with our number may have left some

/// Unlinks a temporary file unless it was renamed into place.
class Temporary {
 public:
  explicit Temporary(std::string path) : path_(std::move(path)) {}
  Temporary(const Temporary&) = delete;
  Temporary& operator=(const Temporary&) = delete;
  ~Temporary() {
    if (!path_.empty()) ::unlink(path_.c_str());
  }
  int rename_to(const std::string& path) {
    if (::rename(path_.c_str(), path.c_str()) != 0) return errno;
    path_.clear();
    return 0;
  }

 private:
  std::string path_;
};

int durable(const std::string& folder) { return flush_folder(folder) == 0 ? 0 : not_durable; }

mode_t bits(std::uint32_t mode) { return static_cast<mode_t>(mode & 07777); }

int give_owner(int file, const struct stat& now, const Attributes& want) {
  const uid_t uid = want.uid.value_or(now.st_uid);
  const gid_t gid = want.gid.value_or(now.st_gid);
  struct stat made {};
  if (::fstat(file, &made) != 0) return errno;
  if (made.st_uid == uid && made.st_gid == gid) return 0;
  return ::fchown(file, uid, gid) == 0 ? 0 : errno;
}

/// Makes the new file what the old one was. The mode comes last: changing the owner clears setuid.
int dress(int file, const std::string& old, const struct stat& was, const Attributes& want) {
  if (const int error = give_owner(file, was, want)) return error;
  const Descriptor source = open_file(old, O_RDONLY | O_NONBLOCK | O_NOFOLLOW);
  if (source) {
    if (const int error = copy_xattrs(source.number(), file)) return error;
  }
  return ::fchmod(file, bits(want.mode.value_or(was.st_mode))) == 0 ? 0 : errno;
}

int dress_new(int file, const Attributes& want) {
  struct stat made {};
  if (::fstat(file, &made) != 0) return errno;
  if (const int error = give_owner(file, made, want)) return error;
  if (!want.mode) return 0;
  return ::fchmod(file, bits(*want.mode)) == 0 ? 0 : errno;
}

int make_missing_folders(const std::string& folder);

/// Closed until it has its mode, if one is wanted: nobody slips in between.
int make_one_folder(const std::string& path, const Attributes& want, mode_t usual) {
  const std::string parent = folder_of(path);
  if (const int error = make_missing_folders(parent)) return error;
  if (::mkdir(path.c_str(), want.mode ? 0700 : usual) != 0 && errno != EEXIST) return errno;
  if (const int error = give_attributes(path, want)) {
    ::rmdir(path.c_str());
    return error;
  }
  return durable(parent);
}

/// Those on the way are never others' to write, whatever the umask says: nobody asked for them.
int make_missing_folders(const std::string& folder) {
  struct stat found {};
  if (::stat(folder.c_str(), &found) == 0) return S_ISDIR(found.st_mode) ? 0 : ENOTDIR;
  return errno == ENOENT ? make_one_folder(folder, {}, 0755) : errno;
}

}  // namespace

std::string temporary_names(std::string_view process) {
  return ".gopol-" + std::string(process) + "-";
}

int replace_file(const std::string& path, std::string_view bytes, const Attributes& want) {
  struct stat was {};
  const bool existed = ::lstat(path.c_str(), &was) == 0;
  if (!existed && errno != ENOENT) return errno;
  if (existed && !S_ISREG(was.st_mode)) return S_ISDIR(was.st_mode) ? EISDIR : EINVAL;
  const std::string folder = folder_of(path);
  if (!existed) {
    if (const int error = make_missing_folders(folder)) return error;
  }
  // A new file gets the umask's mode from the kernel; bytes of an old one are never wider than it.
  const std::uint32_t mode = existed || want.mode ? 0600 : 0666;
  std::string name;
  Descriptor file;
  for (unsigned attempt = 0; !file && attempt < most_attempts; ++attempt) {
    name = name_beside(path, attempt);
    file = open_file(name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode);
    if (!file && errno != EEXIST) return errno;
  }
  if (!file) return EEXIST;
  Temporary temporary(name);
  if (const int error = write_all(file.number(), bytes)) return error;
  const int undressed =
      existed ? dress(file.number(), path, was, want) : dress_new(file.number(), want);
  if (undressed != 0) return undressed;
  if (const int error = flush(file.number())) return error;
  if (const int error = file.close()) return error;
  if (const int error = temporary.rename_to(path)) return error;
  return durable(folder);
}

int make_real_folder(const std::string& path, const Attributes& want) {
  struct stat found {};
  if (::stat(path.c_str(), &found) == 0) {
    return S_ISDIR(found.st_mode) ? give_attributes(path, want) : ENOTDIR;
  }
  if (errno != ENOENT) return errno;
  return make_one_folder(path, want, 0777);
}

int give_attributes(const std::string& path, const Attributes& want) {
  constexpr auto same_user = static_cast<uid_t>(-1);
  constexpr auto same_group = static_cast<gid_t>(-1);
  struct stat was {};
  if (::stat(path.c_str(), &was) != 0) return errno;
  const std::uint32_t mode = want.mode.value_or(was.st_mode);
  const bool new_owner =
      want.uid.value_or(was.st_uid) != was.st_uid || want.gid.value_or(was.st_gid) != was.st_gid;
  if (new_owner &&
      ::chown(path.c_str(), want.uid.value_or(same_user), want.gid.value_or(same_group)) != 0) {
    return errno;
  }
  if (!new_owner && bits(mode) == bits(was.st_mode)) return 0;
  if (::chmod(path.c_str(), bits(mode)) == 0) return 0;
  const int error = errno;
  // The first error is the one to tell, also where the owner cannot be given back.
  [[maybe_unused]] const bool as_before =
      !new_owner || ::chown(path.c_str(), was.st_uid, was.st_gid) == 0;
  return error;
}

int rename_durably(const std::string& from, const std::string& to) {
  if (::rename(from.c_str(), to.c_str()) != 0) return errno;
  const std::string source = folder_of(from), target = folder_of(to);
  const int error = durable(target);
  return source == target || error != 0 ? error : durable(source);
}

int switch_link(const std::string& path, const std::string& target) {
  struct stat was {};
  const bool existed = ::lstat(path.c_str(), &was) == 0;
  if (existed && !S_ISLNK(was.st_mode)) return EEXIST;
  if (!existed && errno != ENOENT) return errno;
  const std::string folder = folder_of(path);
  if (!existed) {
    if (const int error = make_missing_folders(folder)) return error;
  }
  for (unsigned attempt = 0; attempt < most_attempts; ++attempt) {
    const std::string name = name_beside(path, attempt);
    if (::symlink(target.c_str(), name.c_str()) != 0) {
      if (errno == EEXIST) continue;
      return errno;
    }
    Temporary temporary(name);
    if (const int error = temporary.rename_to(path)) return error;
    return durable(folder);
  }
  return EEXIST;
}

int remove_one(const std::string& path) {
  struct stat found {};
  if (::lstat(path.c_str(), &found) != 0) return errno == ENOENT || errno == ENOTDIR ? 0 : errno;
  const int failed = S_ISDIR(found.st_mode) ? ::rmdir(path.c_str()) : ::unlink(path.c_str());
  if (failed != 0) return errno == ENOENT ? 0 : errno;
  return durable(folder_of(path));
}

}  // namespace gopol::engine
